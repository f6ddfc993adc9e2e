// Makes one small mistake after the other in the code, and looks whether a test notices: `node tools/mutation/run.mjs [WORD...]`,
// with words that occur in the file or in what the mistake does. It needs a built checkout, which it leaves as it is: the mistakes are
// made in copies, as many at a time as JOBS says. Tests mostly wait, so there may be more of them than processors.
// Exits with 1 if more than one mistake in twenty survives, or if one does not fit the code.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Checkout } from './checkout.mjs'
import { mutants } from './mutants/index.mjs'

const LEAST_SCORE = 0.95
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const jobs = Number(process.env.JOBS ?? 4)
const words = process.argv.slice(2)
const chosen = mutants.filter(({ file, what }) => words.every((word) => `${file} ${what}`.includes(word)))

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

/** How long each run of tests takes without a mistake, in milliseconds. */
const usual = new Map()
const runs = [...new Map(chosen.flatMap(({ tests }) => tests.map((test) => [test.join(' '), test]))).values()]
const failing = []
await each(runs, async (test, checkout) => {
  const start = Date.now()
  const failure = await checkout.firstFailure(test)
  usual.set(test.join(' '), Date.now() - start)
  if (failure !== undefined) failing.push(`fails without a mistake: ${test.join(' ')}: ${failure}`)
})
// A test that fails anyway would notice everything.
for (const line of failing) console.log(line)
if (failing.length > 0) process.exit(1)

const survivors = []
const misfits = []
await each(chosen, async (mutant, checkout) => {
  const outcome = await outcomeOf(mutant, checkout)
  console.log(`${outcome}: ${mutant.file}: ${mutant.what}`)
})

const tried = chosen.length - misfits.length
const score = (tried - survivors.length) / tried
console.log(`${tried - survivors.length} of ${tried} noticed (${(100 * score).toFixed(1)} %)`)
for (const { file, what } of survivors) console.log(`survived: ${file}: ${what}`)
for (const { file, what } of misfits) console.log(`to be put right: ${file}: ${what}`)
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
    for (const test of mutant.tests) {
      const failure = await checkout.firstFailure(test, longest(test))
      if (failure !== undefined) return `noticed by ${failure}`
    }
    survivors.push(mutant)
    return 'SURVIVED'
  } finally {
    checkout.restore(untouched)
  }
}

/** A run that takes much longer than without a mistake has failed. Milliseconds. */
function longest(test) {
  return 30_000 + 3 * usual.get(test.join(' '))
}

/** Does something with each item, in several checkouts at a time. */
async function each(items, work) {
  const left = [...items]
  await Promise.all(
    checkouts.map(async (checkout) => {
      while (left.length > 0) await work(left.shift(), checkout)
    }),
  )
}
