import { inspect } from 'node:util'
import { masked } from './events.js'
import type { FileObject } from './file-object.js'
import { type ShowOptions, show, word } from './showing.js'

/**
 * What a selector knows about one registered file object. A key never changes: `modify()` makes a new one. Until then
 * `register()`, `getKey()`, the map and every `select()` return the same key, so it can be the key of a WeakMap.
 *
 * @see https://docs.python.org/3/library/selectors.html#selectors.SelectorKey
 */
export class SelectorKey<Data = unknown, File extends FileObject = FileObject> {
  /** The file object as it was registered. */
  readonly fileobj: File
  /** Its file descriptor at that time. */
  readonly fd: number
  /** The events that are waited for: a mask of EVENT_*, with the modes that they are waited for in. */
  readonly events: number
  /** The caller's own data, `undefined` if none was given. */
  readonly data: Data

  constructor(fileobj: File, fd: number, events: number, data: Data) {
    this.fileobj = fileobj
    this.fd = fd
    this.events = events
    this.data = data
  }
}

// Not a member of the class, so that any object with these properties has its type.
Object.defineProperty(SelectorKey.prototype, inspect.custom, {
  configurable: true,
  value(this: SelectorKey, depth: number, options: ShowOptions): string {
    return show(this, 'SelectorKey', { ...this, events: word(masked(this.events)) }, depth, options)
  },
})

/** `data` as the last argument: required, unless the type allows `undefined`. */
export type DataArgument<Data> = undefined extends Data ? [data?: Data] : [data: Data]
