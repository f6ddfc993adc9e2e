import { inspect, types } from 'node:util'
import { ArgumentError } from './errors.js'

/** Read once: the exports of node:util are a hash table, which V8 would search at each call. */
const { isUint8Array } = types
const MAX_INT32 = 2 ** 31 - 1

/** A whole number that fits the system's `int`. */
export function checkInt(value: unknown, name: string, min = -MAX_INT32 - 1, max = MAX_INT32): number {
  // Not by Number.isInteger(), which may be patched: what was opened for this number would never be closed.
  if (typeof value === 'number' && value % 1 === 0 && value >= min && value <= max) return value
  throw refusal(value, name, `a whole number from ${min} to ${max}`)
}

/** A number of bytes. */
export function checkSize(value: unknown): number {
  return checkInt(value, 'size', 0)
}

/** A descriptor's number. Whether it is open is the system's business. */
export function checkFd(value: unknown): number {
  return checkInt(value, 'fd', 0)
}

export function checkBoolean(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value
  throw refusal(value, name, 'true or false')
}

/** Memory that a call fills. */
export function checkBuffer(value: unknown, name: string): Uint8Array {
  if (isUint8Array(value)) return checkThere(value, name)
  throw refusal(value, name, 'a Buffer or Uint8Array')
}

/** Bytes that a call takes: a string stands for its UTF-8. */
export function checkData(value: unknown, name = 'data'): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value)
  if (isUint8Array(value)) return checkThere(value, name)
  throw refusal(value, name, 'a string, Buffer or Uint8Array')
}

/**
 * Memory that is still there. What was transferred to another thread, or cut off when its ArrayBuffer shrank, looks empty: a call
 * would move no bytes, which means the end of a stream.
 */
function checkThere(bytes: Uint8Array, name: string): Uint8Array {
  if (bytes.length > 0) return bytes
  try {
    // Like most methods of typed arrays, it throws when the memory is gone.
    Uint8Array.prototype.keys.call(bytes)
    return bytes
  } catch (cause) {
    throw new ArgumentError(`${name} must be memory that is there, not detached or cut off by a resize`, { cause })
  }
}

/** The error that names an argument, what it should be and what it was. */
export function refusal(value: unknown, name: string, wanted: string): ArgumentError {
  const shown = inspect(value, {
    depth: 0,
    maxStringLength: 60,
    maxArrayLength: 16,
    breakLength: Number.POSITIVE_INFINITY,
  })
  // Long lists are shown in columns all the same.
  return new ArgumentError(`${name} must be ${wanted}, not ${shown.replace(/\s+/g, ' ')}`)
}
