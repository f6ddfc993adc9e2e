import type { FileObject } from './file-object.js'
import type { SelectorKey } from './selector-key.js'

/** One ready file object: its key, and which of the key's events are ready. */
export type Ready<Data = unknown, File extends FileObject = FileObject> = [key: SelectorKey<Data, File>, mask: number]

/** What ends an asynchronous wait, beside something that is ready. */
export interface WaitOptions {
  /** Seconds, as for `select()`, rounded up to milliseconds; omitted, `null` or `Infinity` waits for ever. */
  readonly timeout?: number | null | undefined
  /** Its abortion ends the wait with the signal's reason. Nothing that is ready gets lost. */
  readonly signal?: AbortSignal | undefined
}
