import { ValueError } from './errors.js'
import { name } from './file-object.js'

/** Stands for one selector in other threads: a plain object, which can be posted. */
export interface WakeHandle {
  /** The package whose `wake()` takes it, such as `@selectors/epoll`. */
  readonly backend: string
  /** An integer, 0 or more, that no other selector of this process has or had. */
  readonly token: number
}

/**
 * Makes the current wait of a selector, or else the next one, return early, from any thread of the process, even while the
 * selector's own thread is blocked in `select()`. Several calls before that wait count as one.
 *
 * @param handle what the selector's `waker()` returned
 * @returns whether the selector still exists; for one that was closed, and for a token that was never given out, nothing happens
 * @throws {ValueError} if it is not a handle, or belongs to another backend
 * @throws {BackendUnavailableError} if the backend's binding cannot be loaded
 */
export type Wake = (handle: WakeHandle) => boolean

/**
 * Returns what a handle holds, read once: it comes in messages, and may be anything.
 *
 * @throws {ValueError} if it is not a handle, or its token is not an integer of 0 or more
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
