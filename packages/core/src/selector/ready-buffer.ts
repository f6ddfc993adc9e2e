import type { FileObject } from '../contract/file-object.js'
import type { Ready } from '../contract/ready.js'
import type { KeyTable } from './key-table.js'

/**
 * What a poller writes to, with room for one `[fd, events]` pair for each key and for one pair more.
 *
 * What was written is read from the pairs that were handed out for it: by then there may be others, where a debugger has
 * registered something in between.
 */
export class ReadyBuffer {
  #length = 2 * 32
  #pairs = new Int32Array(this.#length)

  /** New ones where there was no room for all keys, or where their memory was transferred away. */
  get pairs(): Int32Array {
    if (this.#pairs.length !== this.#length) this.#pairs = new Int32Array(this.#length)
    return this.#pairs
  }

  /** Makes room for this many keys. */
  reserve(keys: number): void {
    while (2 * keys >= this.#length) this.#length *= 2
  }
}

/** Says whether so many pairs can have been written. */
export function holds(pairs: Int32Array, count: number): boolean {
  return 2 * count <= pairs.length
}

/**
 * Adds a mask for each of some descriptors that have keys to the first of these pairs.
 *
 * @returns how many pairs there are then
 */
export function merge(pairs: Int32Array, count: number, masks: ReadonlyMap<number, number>): number {
  const rest = new Map(masks)
  for (let i = 0; i < 2 * count; i += 2) {
    const fd = pairs[i] as number
    pairs[i + 1] = (pairs[i + 1] as number) | (rest.get(fd) ?? 0)
    rest.delete(fd)
  }
  let merged = count
  for (const pair of rest) pairs.set(pair, 2 * merged++)
  return merged
}

/** Returns the first of these pairs with their keys, in a new list; those without a key are left out. */
export function take<Data, File extends FileObject>(
  pairs: Int32Array,
  count: number,
  keys: KeyTable<Data, File>,
): Ready<Data, File>[] {
  const batch = new Array<Ready<Data, File>>(count)
  let length = 0
  for (let i = 0; i < 2 * count; i += 2) {
    const key = keys.get(pairs[i] as number)
    if (key !== undefined) batch[length++] = [key, pairs[i + 1] as number]
  }
  if (length !== count) batch.length = length
  return batch
}
