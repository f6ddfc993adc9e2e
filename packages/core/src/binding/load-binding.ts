import { closeSync, openSync, statSync } from 'node:fs'
import { besideProgram, bindingFiles, buildFiles } from './binding-files.js'
import type { BindingSource } from './binding-source.js'
import { absent, denied, type LoadFailure, refused, stranger } from './load-failure.js'

export type { BindingSource } from './binding-source.js'
export { LoadFailure } from './load-failure.js'

/**
 * Finds the binding of a package, loads it and makes sure that it is the package's own. Nothing is remembered: two calls load
 * it twice.
 *
 * @returns what the binding exports
 * @throws {LoadFailure} when there is none, or when it cannot be loaded or used; it says why and what to do
 */
export function loadBinding(source: BindingSource): unknown {
  const files = new Set<string>()
  const hidden: Hidden[] = []
  let failure: LoadFailure | undefined
  for (const file of bindingFiles(source)) {
    files.add(file)
    if (!exists(file, hidden)) continue
    const binding = open(source, file)
    if (binding.package === source.package && binding.version === source.version) return binding
    // In the directory above a bundle may be a binding of somebody else's.
    failure ??= stranger(source, file, binding)
  }
  if (failure !== undefined) throw failure
  // Beside the program it is looked for just in case.
  const places = besideProgram()
  const missed = hidden.find(({ file }) => !places.some((place) => file.startsWith(place)))
  throw missed === undefined ? absent(source, [...files]) : denied(source, [...files], missed.error)
}

/** The binding of a package was built on this machine, where one may have been built over a library in the kernel's place. */
export function isBuilt(source: BindingSource): boolean {
  return buildFiles(source).some((file) => exists(file, []))
}

/** A place that must not be looked at. */
interface Hidden {
  readonly file: string
  readonly error: unknown
}

/** Needs no descriptor. */
function exists(file: string, hidden: Hidden[]): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    // ENOTDIR is as good as ENOENT: a bundle may have a file where a package has a directory.
    if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR') hidden.push({ file, error })
    return false
  }
}

/** Not by `require`, which a bundler would take for its own. */
function open(source: BindingSource, file: string): { readonly package?: unknown; readonly version?: unknown } {
  const module = { exports: {} }
  try {
    process.dlopen(module, file)
  } catch (error) {
    // The dynamic linker says in words alone why it could not open the file.
    throw refused(source, file, failureToOpen(file) ?? error)
  }
  // A copy: V8 makes a hash table of an object that native code gives more than a dozen members, and would search it at each call.
  return { ...module.exports }
}

/** What keeps even a plain file from being opened: no descriptor left, no permission. */
function failureToOpen(file: string): NodeJS.ErrnoException | undefined {
  try {
    closeSync(openSync(file, 'r'))
    return undefined
  } catch (error) {
    return error as NodeJS.ErrnoException
  }
}
