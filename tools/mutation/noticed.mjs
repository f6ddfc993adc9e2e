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

  /** Runs all that have noticed a mistake in the same file, by package, first those of which most have. */
  inFileOf({ file }) {
    const inFile = Object.entries(read()).filter(([name]) => name.startsWith(`${file}: `))
    const byPackage = new Map()
    for (const test of inFile.map(([, test]) => Test.parse(test))) {
      byPackage.set(test.directory, [...(byPackage.get(test.directory) ?? []), test])
    }
    return [...byPackage.values()].sort((a, b) => b.length - a.length).map(runOf)
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
