// Makes one small mistake after the other in the code, and looks whether a test notices:
// `node tools/mutation/run.mjs [--unnoticed] [--sample N] [--seed S] [WORD...]`, with words that occur in the file or in what the mistake
// does: those of them that nothing has noticed the last time, or as many by chance as the sample has.
//
// It needs a built checkout, of which it changes `noticed.json` only: the mistakes are made in copies, as many at a time as JOBS says.
// Tests mostly wait, so there may be more of them than processors. The last line says how many were noticed, and of which code.
// Exits with 1 if more than one mistake in twenty survives, or if one does not fit the code.
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { random } from '../endurance/random.mjs'
import { Checkout } from './checkout.mjs'
import { Judge } from './judge.mjs'
import { mutants } from './mutants/index.mjs'
import { Noticed } from './noticed.mjs'

const LEAST_SCORE = 0.95
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const jobs = Number(process.env.JOBS ?? 4)
const { values, positionals } = parseArgs({
  options: { unnoticed: { type: 'boolean' }, sample: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const noticed = new Noticed(mutants)
const isMeant = (mutant) =>
  positionals.every((word) => `${mutant.file} ${mutant.what}`.includes(word)) &&
  !(values.unnoticed && noticed.of(mutant) !== undefined)
const chosen = sample(mutants.filter(isMeant))

/** Of this code, before `noticed.json` changes. */
const state = spawnSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).stdout?.trim()
const directory = mkdtempSync(join(tmpdir(), 'selectors-mutation-'))
process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

// The makefiles of a build that is over miss what they include.
const isWanted = (file) => !file.endsWith(join('native', 'build', 'Makefile'))
const untouched = new Checkout(root).copyTo(join(directory, 'untouched'), isWanted)
for (const name of new Set(chosen.flatMap(({ builds }) => builds))) {
  if (!(await untouched.build(name))) throw new Error(`${name} does not build`)
}
const checkouts = Array.from({ length: jobs }, (_, i) => untouched.copyTo(join(directory, `${i}`)))

const judge = new Judge(untouched, noticed)
const survivors = []
const misfits = []
let seconds = 0
const left = [...chosen]
await Promise.all(
  checkouts.map(async (checkout) => {
    while (left.length > 0) {
      const mutant = left.shift()
      const start = performance.now()
      const outcome = await outcomeOf(mutant, checkout)
      const taken = (performance.now() - start) / 1000
      seconds += taken
      console.log(`${outcome}: ${mutant.file}: ${mutant.what} (${taken.toFixed(1)} s)`)
    }
  }),
)

const tried = chosen.length - misfits.length
const score = (tried - survivors.length) / tried
for (const test of judge.unreliable) console.log(`fails now and then, or not alone: ${test}`)
for (const { file, what } of survivors) console.log(`survived: ${file}: ${what}`)
for (const { file, what } of misfits) console.log(`to be put right: ${file}: ${what}`)
const percent = (100 * score).toFixed(1)
const each = (seconds / chosen.length).toFixed(1)
console.log(`${tried - survivors.length} of ${tried} noticed (${percent} %) at ${state}, in ${each} s each`)
process.exit(score >= LEAST_SCORE && misfits.length === 0 ? 0 : 1)

async function outcomeOf(mutant, checkout) {
  try {
    if (!checkout.mutate(mutant)) {
      misfits.push(mutant)
      return 'does not fit'
    }
    for (const name of mutant.builds) {
      if (await checkout.build(name)) continue
      misfits.push(mutant)
      return 'does not compile'
    }
    const test = await judge.whatNotices(mutant, checkout)
    noticed.set(mutant, test)
    if (test !== undefined) return `noticed by ${test}`
    survivors.push(mutant)
    return 'SURVIVED'
  } finally {
    checkout.restore(untouched)
  }
}

function sample(all) {
  if (values.sample === undefined) return all
  const seed = Number(values.seed ?? randomInt(2 ** 32))
  console.log(`--seed ${seed}`)
  const chance = random(seed)
  const ordered = all.map((mutant) => ({ mutant, place: chance(2 ** 32) })).sort((a, b) => a.place - b.place)
  return ordered.slice(0, Number(values.sample)).map(({ mutant }) => mutant)
}
