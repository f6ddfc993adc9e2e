import { ValueError } from './errors.js'
import { name } from './file-object.js'

/** Stands for one selector in other threads: a plain object, to be posted. */
export interface WakeHandle {
  /** The package whose `wake()` takes it, such as `@selectors/epoll`. */
  readonly backend: string
  /** An integer, 0 or more, that no other selector of this process has, or had. */
  readonly token: number
}

/**
 * Makes the current or else the next wait of a selector return early, from any thread of the process, also while the
 * selector's own thread is blocked in `select()`. Many calls before that wait count as one.
 *
 * @param handle what the selector's `waker()` returned
 * @returns whether there is still such a selector; for a closed one, and for a token that was never given out, it does nothing
 * @throws {ValueError} when it is no handle, or one of another backend
 * @throws {BackendUnavailableError} when the backend's binding cannot be loaded
 */
export type Wake = (handle: WakeHandle) => boolean

/**
 * Returns what a handle holds, read once: it comes in messages, and may be anything.
 *
 * @throws {ValueError} when it is no handle, or its token is none that a selector could have: an integer of 0 or more
 */
export function checkWakeHandle(handle: WakeHandle): WakeHandle {
  const { backend, token } = Object(handle) as Partial<WakeHandle>
  if (typeof backend !== 'string' || typeof token !== 'number') {
    throw new ValueError(`Invalid wake handle ${name(handle)}: expected what waker() returns`)
  }
  if (!Number.isSafeInteger(token) || token < 0 || Object.is(token, -0)) {
    throw new ValueError(
      `Invalid wake handle with the token ${Object.is(token, -0) ? '-0' : token}: expected what waker() returns`,
    )
  }
  return { backend, token }
}
