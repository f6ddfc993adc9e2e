// Runs every package's tests, as they are built, on other versions of Node.js:
//
//     node tools/elsewhere/node-versions.mjs 22.23.3 24.21.0
//
// The binaries are those of the npm package node-<platform>-<arch>.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readResults } from '../results.mjs'
import { npmProgram } from './npm-program.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const directories = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'examples', 'tools']
const jest = join(root, 'node_modules/jest/bin/jest.js')

let failures = 0
for (const version of process.argv.slice(2)) {
  const temporary = mkdtempSync(join(tmpdir(), 'selectors-node-'))
  try {
    const name = `node-${process.platform}-${process.arch}@${version}`
    const node = npmProgram(temporary, name, 'node')
    for (const directory of directories) failures += test(node, version, directory, join(temporary, 'results.json'))
  } finally {
    rmSync(temporary, { recursive: true })
  }
}
process.exit(failures === 0 ? 0 : 1)

function test(node, version, directory, results) {
  const cwd = join(root, directory)
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` }
  const { status, stderr } = spawnSync(node, [jest, '--json', `--outputFile=${results}`], {
    cwd,
    env,
    encoding: 'utf8',
  })
  if (status !== 0) console.error(stderr)
  const { passed, failed } = readResults(results)
  rmSync(results)
  console.log(`Node ${version}, ${directory}: ${passed} passed, ${failed} failed`)
  return failed
}
