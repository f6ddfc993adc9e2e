// Runs all tests N times in a row, each time anew, and goes on when one fails:
// `node tools/endurance/repeat.mjs [--busy] N [-- OPTION...]` after `npm test`, whose options follow. With `--busy`, a loop beside them
// keeps each processor busy. It prints what each run has counted and which tests have failed, leaves the output of a run that has
// failed in `.results`, and exits with 1 if there was one.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readResults, resultFiles } from '../results.mjs'

/** Ends with this process, however that ends. */
const BUSY = `while (process.ppid === ${process.pid}) for (let i = 0; i < 1e8; i++);`

const { values, positionals } = parseArgs({
  options: { busy: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const workspace = fileURLToPath(new URL('../workspace.mjs', import.meta.url))
const results = fileURLToPath(new URL('.results', import.meta.url))
const [times = 20, ...more] = positionals
const loops = Array.from({ length: values.busy ? availableParallelism() : 0 }, () =>
  spawn(process.execPath, ['-e', BUSY], { stdio: 'ignore' }),
)

mkdirSync(results, { recursive: true })
for (let i = 1; i <= times; i++) {
  const start = performance.now()
  const args = [workspace, 'test', '--force', '--only', ...more]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  const seconds = Math.round((performance.now() - start) / 1000)
  console.log(`${i} of ${times}: ${stdout.trimEnd().split('\n').at(-1)}, in ${seconds} s`)
  if (status === 0) continue
  process.exitCode = 1
  writeFileSync(join(results, `run-${i}.log`), stdout + stderr)
  for (const name of resultFiles().flatMap((file) => readResults(file).failures)) console.log(`  ${name}`)
}
for (const loop of loops) loop.kill()
