import { dirname, join, sep } from 'node:path'
import { type BindingSource, directoryOf } from './binding-source.js'
import { cLibrary } from './c-library.js'
import { environment } from './environment.js'
import { findInPackage } from './in-package.js'
import { isPrivileged } from './privileged.js'

/**
 * Lists where the binding of a package may be, in the order in which it is looked for:
 *
 * 1. in the directory that the environment variable `SELECTORS_BINDINGS` names, unless the process is privileged
 * 2. in the package, where node-gyp-build finds what was built on this machine in `native/build` (not where `PREBUILDS_ONLY` is
 *    set), or else the prebuild that fits in `native/prebuilds`
 * 3. in `prebuilds` beside this code, which in a bundle is beside the bundle
 * 4. in `prebuilds` beside the program that runs, such as a single executable
 *
 * A prebuild is named after its package, so that those of several packages may lie in one directory.
 */
export function bindingFiles(source: BindingSource): string[] {
  const native = directoryOf(source)
  const prebuild = prebuildName(source.package)
  const prebuilds = [namedDirectory(), native && join(native, 'prebuilds'), ...besideProgram()]
  const [named, ...others] = prebuilds.map((directory) => directory && join(directory, prebuild))
  // The prebuild of the package stays in the list: without a descriptor to read directories with, node-gyp-build finds nothing.
  const files = [named, native && findOwn(source, native), ...others].filter((file) => file !== undefined)
  return [...new Set(files)]
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
  return `armv${environment('ARM_VERSION') ?? own}`
}
