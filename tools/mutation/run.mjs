// Makes one small mistake after the other in the code, and looks whether a test notices: `node tools/mutation/run.mjs [WORD...]`,
// with words that occur in the file or in what the mistake does. It needs a built checkout without changes in the files.
// Exits with 1 if a mistake survives, or is no longer a mistake.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { backends } from './mutants/backends.mjs'
import { core } from './mutants/core.mjs'
import { native } from './mutants/native.mjs'

const LONGEST_TEST_MS = 180_000
/** What builds a part of a package: the binding, or its copies over emulations of other systems. */
const programs = { native: 'build-native.mjs', emulated: 'emulations/build.mjs' }
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const words = process.argv.slice(2)
const chosen = [...core, ...native, ...backends].filter((mutant) =>
  words.every((word) => `${mutant.file} ${mutant.what}`.includes(word)),
)

// A test that fails anyway would notice everything.
const everyTest = new Map(chosen.flatMap(({ tests }) => tests.map((test) => [test.join(' '), test])))
const failing = [...everyTest].filter(([, test]) => !passes(test))
for (const [name] of failing) console.log(`fails without a mistake: ${name}`)
if (failing.length > 0) process.exit(1)

const survivors = []
const misfits = []
let mutated
process.once('SIGINT', () => {
  restore()
  process.exit(130)
})

for (const mutant of chosen) {
  const outcome = outcomeOf(mutant)
  if (outcome === 'survived') survivors.push(mutant)
  if (outcome === 'does not fit' || outcome === 'does not compile') misfits.push(mutant)
  console.log(`${outcome}: ${mutant.file}: ${mutant.what}`)
}
for (const name of new Set(chosen.flatMap(({ builds }) => builds))) build(name)

const tried = chosen.length - misfits.length
console.log(
  `${tried - survivors.length} of ${tried} noticed, ${survivors.length} survived, ${misfits.length} to be put right`,
)
process.exit(survivors.length + misfits.length === 0 ? 0 : 1)

function outcomeOf({ file, from, to, builds, tests }) {
  const path = join(root, file)
  const source = readFileSync(path, 'utf8')
  if (source.split(from).length !== 2) return 'does not fit'
  mutated = { path, source, builds }
  try {
    writeFileSync(
      path,
      source.replace(from, () => to),
    )
    if (!builds.every(build)) return 'does not compile'
    return tests.every(passes) ? 'survived' : 'noticed'
  } finally {
    restore()
  }
}

function restore() {
  if (mutated !== undefined) writeFileSync(mutated.path, mutated.source)
  mutated = undefined
}

/** Compiles the TypeScript of a package, or the part that the name ends with. */
function build(name) {
  const [directory, part] = name.split('/')
  const cwd = join(root, 'packages', directory)
  if (part) return run(process.execPath, [join(root, 'tools', programs[part])], cwd)
  return run('npx', ['tsc', '-p', 'tsconfig.json'], cwd)
}

/** Runs tests, as mutants/tests.mjs has them. A run that does not end has failed. */
function passes(test) {
  const [directory, ...args] = test
  return run(
    'npx',
    ['jest', '--bail', '--silent', '--forceExit', ...args],
    join(root, 'packages', directory),
    LONGEST_TEST_MS,
  )
}

function run(command, args, cwd, timeout) {
  return spawnSync(command, args, { cwd, timeout, killSignal: 'SIGKILL', stdio: 'ignore' }).status === 0
}
