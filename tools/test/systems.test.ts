import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sources } from './sources'

interface Run {
  readonly systems?: readonly string[]
  readonly emulation?: string
  readonly packages: readonly string[]
  readonly by: string
}

const root = join(__dirname, '..', '..')
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
const { packages, runs } = read('docs/systems.json') as {
  packages: Record<string, readonly string[]>
  runs: readonly Run[]
}

it('the README says what has run where', () => {
  const { stderr } = spawnSync(process.execPath, [join(root, 'tools/systems.mjs'), '--check'], { encoding: 'utf8' })
  expect(stderr).toBe('')
})

it.each(Object.keys(packages))('what is said of %s and emulations is what its tests use', (name) => {
  const { devDependencies = {} } = read(`packages/${name}/package.json`) as {
    devDependencies?: Record<string, string>
  }
  const used = Object.keys(devDependencies).filter((dependency) => dependency.endsWith('-emulation'))
  const said = runs.filter((run) => run.emulation !== undefined && run.packages.includes(name))
  expect(said.map(({ emulation }) => `@selectors/${emulation}-emulation`)).toEqual(used)
})

it.each([
  ['mac', ['headers']],
  ['win', ['wine', 'compiler']],
])('what is said to be compiled for %s is what its prebuilds have', (os, ways) => {
  const names = Object.keys(packages)
  const files = sources(names, os)
  const compiled = names.filter((_, i) => files[i]?.length)
  for (const way of ways) {
    const said = runs.filter(({ by }) => by === way).flatMap((run) => run.packages)
    expect([...said].sort()).toEqual(compiled.sort())
  }
})

it('nothing is said of a package on a system that it is not for', () => {
  for (const { systems = [], packages: names } of runs) {
    for (const name of names) expect(packages[name]).toEqual(expect.arrayContaining([...systems]))
  }
})
