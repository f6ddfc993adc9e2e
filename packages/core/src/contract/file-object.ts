import type { ReadStream, WriteStream } from 'node:fs'
import { ValueError } from './errors.js'

/**
 * Something to wait on: a file descriptor, or an object that has one.
 *
 * `fileno()` is asked first (sockets of `@selectors/socket`, other selectors); a numeric `fd` works as well
 * (`fs.promises.FileHandle`, `process.stdin`, streams of `node:fs` once they are open). The sockets of `node:net` and the pipes
 * of a child process have neither: `nodeFile()` makes file objects of them.
 *
 * @see https://docs.python.org/3/glossary.html#term-file-object
 */
export type FileObject = number | { fileno(): number } | { readonly fd: number } | ReadStream | WriteStream

/** What `fileno()` may throw to say that there is no descriptor. By name, because errors come from several realms. */
const refusals = new Set(['TypeError', 'RangeError', 'ValueError', 'SelectorClosedError'])

/**
 * Returns the file descriptor of a file object.
 *
 * @throws {ValueError} if there is none: not a file object, closed, or a number that is negative or not an integer
 * @throws whatever `fileno()` throws, except that TypeError, RangeError, ValueError, their subclasses and the error of a
 *   closed selector become a ValueError with `cause`
 */
export function filenoOf(fileobj: unknown): number {
  const fd = askFileno(fileobj)
  if (typeof fd !== 'number' || !Number.isInteger(fd)) {
    throw new ValueError(`Invalid file descriptor ${name(fd)}${ownerOf(fileobj)}: expected an integer`)
  }
  if (fd < 0) {
    throw new ValueError(`Invalid file descriptor ${fd}${ownerOf(fileobj)}: it is closed, or was never open`)
  }
  // Without the sign of -0.
  return fd + 0
}

function ownerOf(fileobj: unknown): string {
  return typeof fileobj === 'number' ? '' : ` of ${name(fileobj)}`
}

function askFileno(fileobj: unknown): unknown {
  if (typeof fileobj === 'number') return fileobj
  if ((typeof fileobj !== 'object' && typeof fileobj !== 'function') || fileobj === null) {
    throw new ValueError(`Invalid file object ${name(fileobj)}: expected an integer, fileno() or a numeric fd`)
  }
  const candidate = fileobj as { fileno?: unknown; fd?: unknown }
  if (typeof candidate.fileno !== 'function') {
    if (typeof candidate.fd === 'number') return candidate.fd
    throw new ValueError(
      `Invalid file object ${name(fileobj)}: it has neither fileno() nor a numeric fd (yet); for Node's own, try nodeFile()`,
    )
  }
  try {
    return candidate.fileno()
  } catch (cause) {
    if (!isRefusal(cause)) throw cause
    throw new ValueError(`Invalid file object ${name(fileobj)}: its fileno() failed`, { cause })
  }
}

/** By the name of the error's class, or of one that it extends. */
function isRefusal(error: unknown): boolean {
  for (let level = error; typeof level === 'object' && level !== null; level = Object.getPrototypeOf(level)) {
    if (refusals.has((level as Partial<Error>).name ?? '')) return true
  }
  return false
}

/** Names a value in a message. */
export function name(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'bigint':
      return `${value}n`
    case 'function':
      return 'a function'
    case 'object':
      return value === null ? 'null' : withArticle(className(value))
    default:
      return String(value)
  }
}

function withArticle(noun: string): string {
  return `${/^[AEIOU]/.test(noun) ? 'an' : 'a'} ${noun}`
}

/** Returns the name of an object's class, without calling code of the object's. */
export function className(value: object): string {
  try {
    return String(Object.getPrototypeOf(value)?.constructor.name ?? 'bare object')
  } catch {
    return 'strange object'
  }
}
