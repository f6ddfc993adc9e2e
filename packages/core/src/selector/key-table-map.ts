import { inspect } from 'node:util'
import { ValueError } from '../contract/errors.js'
import type { FileObject } from '../contract/file-object.js'
import type { SelectorKey } from '../contract/selector-key.js'
import type { SelectorMap } from '../contract/selector-map.js'
import { type ShowOptions, showPlainly } from '../contract/showing.js'
import type { KeyTable } from './key-table.js'

/** The view of a {@link KeyTable}. */
export class KeyTableMap<Data, File extends FileObject> implements SelectorMap<Data, File> {
  readonly #table: KeyTable<Data, File>

  constructor(table: KeyTable<Data, File>) {
    this.#table = table
  }

  get size(): number {
    return this.#table.size
  }

  get(fileobj: FileObject): SelectorKey<Data, File> | undefined {
    try {
      return this.#table.get(this.#table.locate(fileobj))
    } catch (error) {
      if (error instanceof ValueError) return undefined
      throw error
    }
  }

  has(fileobj: FileObject): boolean {
    return this.get(fileobj) !== undefined
  }

  *keys(): IterableIterator<number> {
    for (const { fd } of this.values()) yield fd
  }

  values(): IterableIterator<SelectorKey<Data, File>> {
    return this.#table.values()
  }

  *entries(): IterableIterator<[fd: number, key: SelectorKey<Data, File>]> {
    for (const key of this.values()) yield [key.fd, key]
  }

  forEach(
    visit: (key: SelectorKey<Data, File>, fd: number, map: SelectorMap<Data, File>) => void,
    self?: unknown,
  ): void {
    for (const key of this.values()) visit.call(self, key, key.fd, this)
  }

  [Symbol.iterator](): IterableIterator<[fd: number, key: SelectorKey<Data, File>]> {
    return this.entries()
  }

  [inspect.custom](_depth: number, options: ShowOptions): unknown {
    try {
      return new Map(this)
    } catch {
      // The prototype, which has no keys.
      return showPlainly(this, options)
    }
  }
}
