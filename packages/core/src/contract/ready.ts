import { ValueError } from './errors.js'
import { type FileObject, name } from './file-object.js'
import type { SelectorKey } from './selector-key.js'

/** One ready file object: its key, and which of the key's events are ready. */
export type Ready<Data = unknown, File extends FileObject = FileObject> = [key: SelectorKey<Data, File>, mask: number]

/** What ends an asynchronous wait, apart from something being ready. */
export interface WaitOptions {
  /** Seconds, as for `select()`, rounded up to milliseconds; if omitted, `null` or `Infinity`, it waits forever. */
  readonly timeout?: number | null | undefined
  /** Ends the wait when it is aborted, with its reason. Nothing that is ready is lost. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Returns the options as they are. A timeout that stands alone, as in `select(0.1)`, has no properties: it would wait forever.
 *
 * @param example shown in the error
 * @throws {ValueError} if they are not an object
 */
export function checkOptions<Options extends object>(options: Options, example = '{ timeout: 0.1 }'): Options {
  if (typeof options === 'object' && options !== null) return options
  throw new ValueError(`Invalid options: expected an object, such as ${example}, got ${name(options)}`)
}

/**
 * Returns the options of a wait as they are.
 *
 * @throws {ValueError} if they are not an object, or their `signal` is not an AbortSignal
 */
export function checkWaitOptions(options: WaitOptions): WaitOptions {
  const { signal } = checkOptions(options)
  if (signal === undefined || isSignal(signal)) return options
  throw new ValueError(
    `Invalid signal: expected an AbortSignal, such as new AbortController().signal, got ${name(signal)}`,
  )
}

/** By its members, not its class, because signals come from several realms. */
function isSignal(value: unknown): boolean {
  const { aborted, addEventListener, throwIfAborted } = Object(value) as Partial<AbortSignal>
  return typeof aborted === 'boolean' && typeof addEventListener === 'function' && typeof throwIfAborted === 'function'
}
