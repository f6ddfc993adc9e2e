import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { start } from './start.mjs'

/** How long a whole suite may take, in seconds; some 40 are usual in Deno on a small machine. */
const LONGEST = 300
const SUITE = fileURLToPath(new URL('suite.test.cjs', import.meta.url))

/** Runs the conformance suite over a backend. A test that was declared and did not end counts as failed. */
export async function runSuite(runtime, backend) {
  const title = `${runtime.name}, conformance of ${backend}`
  const directory = mkdtempSync(join(tmpdir(), 'selectors-results-'))
  const file = join(directory, 'results')
  writeFileSync(file, '')
  try {
    const env = { BACKEND: backend, RESULTS: file }
    const { seconds = LONGEST } = runtime
    const { code, output, errors } = await start(runtime, runtime.test(SUITE), { seconds, env })
    const { declared, passed, failed } = read(file)
    const failures = [...declared]
      .filter(([id]) => !passed.has(id))
      .map(([id, test]) => `${title}: ${test}: ${failed.has(id) ? 'failed' : 'did not end'}`)
    if (declared.size === 0 || (code !== 0 && failures.length === 0)) failures.push(`${title}: ended with ${code}`)
    return { title, passed: passed.size, failures, output: `${output}${errors}` }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** What suite.test.cjs has written: the names of the tests by their numbers. */
function read(file) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const of = (wanted) => {
    const records = lines.map((line) => line.split('\t')).filter(([what]) => what === wanted)
    return new Map(records.map(([, id, test]) => [id, test]))
  }
  return { declared: of('declared'), passed: of('passed'), failed: of('failed') }
}
