import { ValueError } from '../contract/errors.js'
import { type FileObject, filenoOf } from '../contract/file-object.js'
import type { SelectorKey } from '../contract/selector-key.js'
import { FdTable } from './fd-table.js'

/** The registered keys by file descriptor. */
export class KeyTable<Data, File extends FileObject> {
  readonly #keys = new FdTable<SelectorKey<Data, File>>()
  /** The turn at which each descriptor was registered: tells an iteration what was added since it began. */
  readonly #turns = new FdTable<number>()
  #turn = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  get(fd: number): SelectorKey<Data, File> | undefined {
    return this.#keys.get(fd)
  }

  /** Enters a key whose descriptor is not in the table. */
  add(key: SelectorKey<Data, File>): void {
    this.#keys.set(key.fd, key)
    this.#turns.set(key.fd, ++this.#turn)
    this.#size++
  }

  /** Puts a key in the place of the one with the same descriptor. */
  replace(key: SelectorKey<Data, File>): void {
    this.#keys.set(key.fd, key)
  }

  /** Removes a descriptor that is in the table. */
  delete(fd: number): void {
    this.#keys.delete(fd)
    this.#turns.delete(fd)
    this.#size--
  }

  clear(): void {
    this.#keys.clear()
    this.#turns.clear()
    this.#size = 0
  }

  /**
   * Returns the descriptor to look a file object up by: its own while it has one, or else the one that it was registered
   * with, so that a closed object can still be found.
   *
   * @throws {ValueError} if it has none and is not registered
   */
  locate(fileobj: unknown): number {
    try {
      return filenoOf(fileobj)
    } catch (error) {
      if (!(error instanceof ValueError)) throw error
      for (const key of this.#keys.values()) if (Object.is(key.fileobj, fileobj)) return key.fd
      throw error
    }
  }

  /** Iterates over the keys as a Map does: those added during the iteration are visited, in another round, those deleted are not. */
  *values(): IterableIterator<SelectorKey<Data, File>> {
    for (let visited = 0, end = this.#turn; visited < end; visited = end, end = this.#turn) {
      for (const key of this.#keys.values()) {
        const turn = this.#turns.get(key.fd) ?? 0
        if (turn > visited && turn <= end) yield key
      }
    }
  }
}
