import { closeSync, openSync, readSync } from 'node:fs'
import { wordInEnvironment } from './environment.js'

/** The C library of this process, by which Linux's bindings are told apart; nothing elsewhere. `LIBC` overrules what is found. */
export function cLibrary(): string | undefined {
  if (process.platform !== 'linux') return undefined
  return wordInEnvironment('LIBC') ?? ofInterpreter() ?? ofReport()
}

/** As the dynamic linker is called that has started this program: a hundred times as quick as a report. */
function ofInterpreter(): string | undefined {
  try {
    const fd = openSync(process.execPath, 'r')
    const start = Buffer.alloc(2048)
    try {
      readSync(fd, start)
    } finally {
      closeSync(fd)
    }
    if (start.includes('/ld-musl-')) return 'musl'
    if (start.includes('/ld-linux')) return 'glibc'
  } catch {
    // Not to be read, or no descriptor is left.
  }
  return undefined
}

function ofReport(): string {
  const { header, sharedObjects = [] } = Object(process.report?.getReport()) as {
    header?: { glibcVersionRuntime?: string }
    sharedObjects?: string[]
  }
  if (header?.glibcVersionRuntime !== undefined) return 'glibc'
  return sharedObjects.some((file) => /\/(ld|libc\.)-?musl-/.test(file)) ? 'musl' : 'glibc'
}
