import type { FileObject } from './file-object.js'
import type { SelectorKey } from './selector-key.js'

/**
 * A selector's keys by file descriptor: a live, read-only view, looked up by file object or descriptor.
 *
 * The order is unspecified. As in a Map, what is registered during an iteration is visited, and what is unregistered
 * before its turn is not.
 *
 * @see https://docs.python.org/3/library/selectors.html#selectors.BaseSelector.get_map
 */
export interface SelectorMap<Data = unknown, File extends FileObject = FileObject>
  extends Iterable<[fd: number, key: SelectorKey<Data, File>]> {
  /** How many file objects are registered. */
  readonly size: number
  /** Returns the key of a file object, or `undefined` if it is not registered or not a file object. */
  get(fileobj: FileObject): SelectorKey<Data, File> | undefined
  /** Returns whether a file object is registered. */
  has(fileobj: FileObject): boolean
  /** Iterates over the descriptors. */
  keys(): IterableIterator<number>
  /** Iterates over the keys of the registered file objects. */
  values(): IterableIterator<SelectorKey<Data, File>>
  /** Iterates over `[fd, key]` pairs. */
  entries(): IterableIterator<[fd: number, key: SelectorKey<Data, File>]>
  /** Calls `visit(key, fd, map)` for each registered file object. */
  forEach(visit: (key: SelectorKey<Data, File>, fd: number, map: SelectorMap<Data, File>) => void, self?: unknown): void
}
