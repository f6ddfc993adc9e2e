import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bindings, core, prebuildOf, tools } from './bindings.mjs'

/**
 * Makes what was built on this machine the prebuild for it, where none is newer than its sources: nothing has to be fetched or
 * cross-compiled, but it needs as new a system as this one.
 *
 * @returns what such a prebuild is for, as `linux-x64-glibc`
 */
export function usePrebuildsOfHost() {
  for (const native of bindings()) {
    const release = join(native, 'build/Release')
    // The directory is missing, or empty, where nothing is compiled for this system.
    const [built] = existsSync(release) ? readdirSync(release).filter((name) => name.endsWith('.node')) : []
    if (built === undefined || isCurrent(native)) continue
    const file = prebuildOf(native, host())
    mkdirSync(dirname(file), { recursive: true })
    copyFileSync(join(release, built), `${file}.new`)
    // Atomically, because the package may be packed at the same time.
    renameSync(`${file}.new`, file)
  }
  return Object.values(host()).filter(Boolean).join('-')
}

/** This machine, as the names of prebuilds have it. */
function host() {
  const { platform, arch, config, report } = process
  const name = `${platform}-${arch}`
  if (platform !== 'linux') return { name }
  const arm = arch === 'arm' ? `armv${config.variables.arm_version}` : undefined
  return { name, arm, libc: report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl' }
}

/** There is such a prebuild, newer than all that it is made of. */
function isCurrent(native) {
  const file = prebuildOf(native, host())
  if (!existsSync(file)) return false
  const built = statSync(file).mtimeMs
  return [native, core, tools]
    .flatMap((directory) => readdirSync(directory, { recursive: true }).map((name) => join(directory, name)))
    .filter((path) => !/\/native\/(build|prebuilds)\b/.test(path))
    .every((path) => statSync(path).mtimeMs < built)
}
