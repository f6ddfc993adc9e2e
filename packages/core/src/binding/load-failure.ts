import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { besideProgram } from './binding-files.js'
import { type BindingSource, directoryOf } from './binding-source.js'
import { cLibrary } from './c-library.js'

const PAGE = 'https://github.com/node-selectors/selectors/blob/main/docs/bundling.md'

/** A binding cannot be loaded: the message says why and what to do, `cause` has what was thrown. */
export class LoadFailure extends Error {
  override readonly name = 'LoadFailure'
  /** The system's error, negative, where it is one that has nothing to do with the binding, such as EMFILE. */
  readonly errno?: number

  constructor(message: string, options?: ErrorOptions, errno?: number) {
    super(message, options)
    if (errno !== undefined) this.errno = errno
  }
}

/** There is no file. Where the package's sources are not there either, its code was bundled without the binding. */
export function absent(source: BindingSource, files: readonly string[]): LoadFailure {
  const build = buildCommand(source)
  const remedy = build ? `build it from source with \`${build}\`` : advice(source)
  return new LoadFailure(`There is no binding of ${source.package} for ${system()}: ${remedy}`, {
    cause: new Error(`None of these files exists: ${files.join(', ')}`),
  })
}

/** Node.js's permission model, or the system's permissions, hide where a file may be. */
export function denied(source: BindingSource, files: readonly string[], cause: unknown): LoadFailure {
  const { code, message } = cause as NodeJS.ErrnoException
  const native = directoryOf(source)
  const remedy =
    code === 'ERR_ACCESS_DENIED' ? `: allow it with --allow-fs-read=${native ?? dirname(files[0] as string)}/*` : ''
  return new LoadFailure(
    `The binding of ${source.package} cannot be looked for, ${message.replace(/\.( .*)?$/, '')}${remedy}`,
    { cause },
  )
}

/** The file is there and does not load. */
export function refused(source: BindingSource, file: string, cause: unknown): LoadFailure {
  const { code, errno, name, message } = cause as NodeJS.ErrnoException
  const start = `The binding of ${source.package} cannot be loaded from ${file}: `
  if (code === 'ERR_DLOPEN_DISABLED') return new LoadFailure(`${start}${disabled()}`, { cause })
  if (code === 'EMFILE' || code === 'ENFILE') return new LoadFailure(`${start}${message}`, { cause }, errno)
  // The file is not to be read. Of what Deno refuses, it says itself how to allow it.
  if (errno !== undefined || name === 'NotCapable') return new LoadFailure(start + message, { cause })
  // The dynamic linker begins with the file.
  const reason = message.startsWith(`${file}: `) ? message.slice(file.length + 2) : message
  return new LoadFailure(`${start}${reason}${remedyFor(source, message)}`, { cause })
}

/** The file is a binding, but not this package's. */
export function stranger(
  source: BindingSource,
  file: string,
  { package: owner, version }: { readonly package?: unknown; readonly version?: unknown },
): LoadFailure {
  const build = buildCommand(source)
  const remedy = build ? `reinstall the package, or build it with \`${build}\`` : advice(source)
  if (owner === source.package) {
    const versions = `has the interface ${version}, where ${source.version} is needed`
    return new LoadFailure(
      `The binding of ${owner} that was found, ${file}, is one of another release: it ${versions}; ${remedy}`,
    )
  }
  const what =
    owner === undefined
      ? 'does not say which package it belongs to, as those of older releases'
      : `is the binding of ${owner}`
  return new LoadFailure(
    `The binding of ${source.package} was looked for, and what was found, ${file}, ${what}: ${remedy}`,
  )
}

function disabled(): string {
  return (process as { permission?: unknown }).permission === undefined
    ? 'native addons are disabled; start Node.js without --no-addons'
    : "Node.js's permission model forbids native addons; start it with --allow-addons"
}

/** What to do when the system does not load a file, by the words of the dynamic linker. */
function remedyFor(source: BindingSource, message: string): string {
  if (/map segment|execut|code signature/i.test(message)) {
    return '; where its file system is mounted noexec, let SELECTORS_BINDINGS name a directory of another one'
  }
  const libc = cLibrary()
  const misjudged = libc ? `; if the C library here is not ${libc}, set LIBC=${libc === 'musl' ? 'glibc' : 'musl'}` : ''
  const build = buildCommand(source)
  return build
    ? `${misjudged}; if the file does not fit this system, build it from source with \`${build}\``
    : misjudged
}

/** The command that builds a package's binding where the package is, whichever package manager has put it there. */
function buildCommand(source: BindingSource): string | undefined {
  const native = directoryOf(source)
  // A bundle has left them behind.
  if (native === undefined || !exists(join(native, 'binding.gyp'))) return undefined
  return `cd ${JSON.stringify(native)} && npm i --no-save --prefix . node-addon-api@8 node-gyp@12 && npx node-gyp rebuild`
}

/** For code that was bundled: Bun's own bundler makes `__dirname` a directory of the machine that it ran on. */
function advice(source: BindingSource): string {
  const beside = besideProgram().find((place) => exists(dirname(place)))
  const places = [beside && `to ${beside}`, 'to a directory that SELECTORS_BINDINGS names'].filter(Boolean).join(' or ')
  return `copy what is in native/prebuilds of ${source.package} ${places}, see ${PAGE}`
}

function system(): string {
  return [`${process.platform}-${process.arch}`, cLibrary()].filter(Boolean).join(' with ')
}

function exists(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}
