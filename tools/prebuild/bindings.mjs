import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const tools = dirname(fileURLToPath(import.meta.url))
export const packages = join(tools, '../../packages')

/** What every binding is made of too. */
export const core = join(packages, 'core/native')

/** The directories of all packages' binding.gyp. */
export function bindings() {
  return readdirSync(packages)
    .map((name) => join(packages, name, 'native'))
    .filter((directory) => existsSync(join(directory, 'binding.gyp')))
}

/** Where a prebuild is looked for: it has the name of its package, as prebuildify gives it. */
export function prebuildOf(native, { name, arm, libc }) {
  const { name: owner } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8'))
  return join(native, 'prebuilds', name, [owner.replace('/', '+'), arm, libc, 'node'].filter(Boolean).join('.'))
}
