// Proves by time and chance what no example shows, over epoll, poll and select: `node tools/endurance/run.mjs [--short] [--seed N]
// [NAME...]` after a build. The names are those of the files in `trials`. It prints its seed and what each trial has counted, and exits
// with 1 if one has failed.
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { random } from './random.mjs'
import { exit } from './trials/exit.mjs'
import { fairness } from './trials/fairness.mjs'
import { soak } from './trials/soak.mjs'
import { terminate } from './trials/terminate.mjs'
import { wake } from './trials/wake.mjs'

const trials = { terminate, exit, wake, fairness, soak }
const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false }, seed: { type: 'string' } },
  allowPositionals: true,
})
const seed = Number(values.seed ?? randomInt(2 ** 32))
const names = positionals.length > 0 ? positionals : Object.keys(trials)

console.log(`--seed ${seed}`)
for (const name of names) {
  const start = performance.now()
  // Each its own, so that one alone does the same.
  const counted = await trials[name]({ short: values.short, random: random(seed) }).catch((error) => error)
  const failed = counted instanceof Error
  if (failed) process.exitCode = 1
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${name}: ${failed ? `FAILED: ${counted.stack}` : counted}, in ${seconds} s`)
}
// What has failed may have left something that waits.
process.exit()
