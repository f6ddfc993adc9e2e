import { dirname, join, sep } from 'node:path'
import { type BindingSource, directoryOf } from './binding-source.js'
import { cLibrary } from './c-library.js'
import { environment, wordInEnvironment } from './environment.js'
import { findInPackage } from './in-package.js'
import { isPrivileged } from './privileged.js'

/**
 * Lists where the binding of a package may be, in the order in which it is looked for:
 *
 * 1. in the directory that the environment variable `SELECTORS_BINDINGS` names, unless the process is privileged
 * 2. in the package: in `native/build`, where it was built on this machine (not where `PREBUILDS_ONLY` is set), or else in
 *    `native/prebuilds`, where node-gyp-build finds one that fits by another name too
 * 3. in `prebuilds` beside this code, which in a bundle is beside the bundle
 * 4. in `prebuilds` beside the program that runs, such as a single executable
 *
 * A prebuild is named after its package, so that those of several packages may lie in one directory. What is not asked for is not
 * looked for: node-gyp-build takes long to load, and is needed only where the files do not have the names that they usually have.
 */
export function* bindingFiles(source: BindingSource): Generator<string> {
  const native = directoryOf(source)
  const named = namedDirectory()
  if (named !== undefined) yield join(named, prebuildName(source.package))
  if (native !== undefined) {
    if (environment('PREBUILDS_ONLY') === undefined) yield* buildFiles(source)
    yield join(native, 'prebuilds', prebuildName(source.package))
    const found = findOwn(source, native)
    if (found !== undefined) yield found
  }
  for (const directory of besideProgram()) yield join(directory, prebuildName(source.package))
}

/** For a bundle, the directory above may have a `native` of the program's own, with addons that are not to be loaded for a try. */
function findOwn(source: BindingSource, native: string): string | undefined {
  const file = findInPackage(native)
  const isOwn = file?.startsWith(join(native, 'prebuilds', sep)) || buildFiles(source).includes(file ?? '')
  return isOwn ? file : undefined
}

/** Where node-gyp leaves a binding: its target has the last part of the package's name, with underscores. */
export function buildFiles(source: BindingSource): string[] {
  const native = directoryOf(source)
  if (native === undefined) return []
  const target = (source.package.split('/').at(-1) as string).replaceAll('-', '_')
  return ['Release', 'Debug'].map((configuration) => join(native, 'build', configuration, `${target}.node`))
}

function namedDirectory(): string | undefined {
  const directory = environment('SELECTORS_BINDINGS')
  return directory !== undefined && isPrivileged() ? undefined : directory
}

/** The `prebuilds` beside what runs: its own code, and its executable. */
export function besideProgram(): string[] {
  const places: string[] = []
  // A bundle that is an ES module may lack `__dirname`, and Deno may keep back where it is.
  for (const place of [() => __dirname, () => dirname(process.execPath)]) {
    try {
      places.push(join(place(), 'prebuilds'))
    } catch {}
  }
  return places
}

/** Such as `linux-x64/@selectors+epoll.glibc.node`: as prebuildify names it. */
function prebuildName(packageName: string): string {
  const name = [packageName.replace('/', '+'), arm(), cLibrary(), 'node'].filter(Boolean).join('.')
  return join(`${process.platform}-${process.arch}`, name)
}

/** Which of the 32-bit ARM processors this runtime was compiled for. `ARM_VERSION` overrules it. */
function arm(): string | undefined {
  if (process.arch !== 'arm') return undefined
  const { arm_version: own } = process.config.variables as { arm_version?: string }
  return `armv${wordInEnvironment('ARM_VERSION') ?? own}`
}
