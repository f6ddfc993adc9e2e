import { types } from 'node:util'
import { checkBuffer, checkInt, refusal } from './arguments.js'

/** More than any option is long. */
const MAX_LENGTH = 65536

/** Room for an option's value: a number's, or `length` bytes. */
export function newOption(length: number | undefined): Buffer {
  return Buffer.alloc(length === undefined ? Int32Array.BYTES_PER_ELEMENT : checkInt(length, 'length', 0, MAX_LENGTH))
}

/** The number that a value of {@link newOption} holds, in the machine's byte order. */
export function decodeOption(value: Buffer): number {
  return new DataView(value.buffer, value.byteOffset).getInt32(0, littleEndian)
}

/** The bytes of an option's value. */
export function encodeOption(value: unknown): Uint8Array {
  if (types.isUint8Array(value)) return checkBuffer(value, 'value')
  if (typeof value !== 'number' && typeof value !== 'boolean') {
    throw refusal(value, 'value', 'a number, a boolean, a Buffer or Uint8Array')
  }
  return new Uint8Array(Int32Array.of(typeof value === 'number' ? checkInt(value, 'value') : Number(value)).buffer)
}

const littleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1
