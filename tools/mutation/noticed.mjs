import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { runOf, Test } from './test.mjs'

const path = new URL('noticed.json', import.meta.url)

/** Which test has noticed each mistake, the last time: what is likely to notice it again, in `noticed.json`. */
export class Noticed {
  #names

  constructor(mutants) {
    this.#names = new Set(mutants.map(nameOf))
  }

  of(mutant) {
    const test = read()[nameOf(mutant)]
    return test === undefined ? undefined : Test.parse(test)
  }

  /** Runs all that have noticed a mistake in the same file, by package. */
  inFileOf({ file }) {
    const inFile = Object.entries(read()).filter(([name]) => name.startsWith(`${file}: `))
    const tests = [...new Set(inFile.map(([, test]) => test))].map(Test.parse)
    return [...new Set(tests.map(({ directory }) => directory))].map((directory) =>
      runOf(tests.filter((test) => test.directory === directory)),
    )
  }

  /** Forgets mistakes that are made no more. */
  set(mutant, test) {
    const all = { ...read(), [nameOf(mutant)]: test?.toString() }
    const known = Object.entries(all).filter(([name]) => this.#names.has(name))
    known.sort(([a], [b]) => (a < b ? -1 : 1))
    writeFileSync(path, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`)
  }
}

function nameOf({ file, what }) {
  return `${file}: ${what}`
}

/** Each time anew: several programs may look at several parts. */
function read() {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
}
