import { existsSync } from 'node:fs'
import { cLibrary } from './c-library.js'

/** What is used of the package node-gyp-build, which has no types. */
interface NodeGypBuild {
  /** Returns the file of the binding that fits; throws when there is none. */
  path(directory: string): string
}

let nodeGypBuild: NodeGypBuild | undefined

/** Returns the binding that node-gyp-build finds for a package's `native` directory: there, or else beside the executable. */
export function findInPackage(native: string): string | undefined {
  try {
    // In a single executable, which has none, its search would print a warning.
    if (!existsSync(native)) return undefined
    nodeGypBuild ??= load()
    return nodeGypBuild.path(native)
  } catch {
    return undefined
  }
}

/**
 * Not with an import: while it is loaded, it looks for a file of Alpine's to tell the C library, unless it is told. That is an
 * error under Node.js's permission model, and wrong with another musl.
 */
function load(): NodeGypBuild {
  const { LIBC } = process.env
  const found = cLibrary()
  if (found !== undefined) process.env.LIBC = found
  try {
    return require('node-gyp-build') as NodeGypBuild
  } finally {
    if (LIBC === undefined) delete process.env.LIBC
    else process.env.LIBC = LIBC
  }
}
