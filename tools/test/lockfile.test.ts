import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '..', '..')
const store = join(root, 'node_modules/.pnpm')

/**
 * Programs that are written in C, Go or Rust come as one optional package for each system. pnpm forgets those that a registry has not
 * got at the moment, and then the workspace installs, and does not run, on the systems of others: `pnpm install --fix-lockfile` after
 * removing what the lockfile says of the program.
 */
it('has the binaries of every program for each system', () => {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')
  const missing = installed().flatMap(({ name, optionalDependencies = {} }) =>
    Object.keys(optionalDependencies)
      .filter((dependency) => !lockfile.includes(`${dependency}@`))
      .map((dependency) => `${name}: ${dependency}`),
  )
  expect(missing).toEqual([])
})

function installed(): { name: string; optionalDependencies?: Record<string, string> }[] {
  return readdirSync(store)
    .map((directory) => /^(?:(@[^+]+)\+)?([^@+]+)@/.exec(directory))
    .map((match) => join(match?.input ?? '', 'node_modules', match?.[1] ?? '', match?.[2] ?? '', 'package.json'))
    .filter((path) => existsSync(join(store, path)))
    .map((path) => JSON.parse(readFileSync(join(store, path), 'utf8')))
}
