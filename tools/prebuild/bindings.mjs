import { existsSync, readdirSync } from 'node:fs'
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

/** Where node-gyp-build looks for a prebuild. */
export function prebuildOf(native, { name, arm, libc }) {
  return join(native, 'prebuilds', name, ['node', 'napi', arm, libc, 'node'].filter(Boolean).join('.'))
}
