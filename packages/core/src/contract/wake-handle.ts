import { ValueError } from './errors.js'
import { name } from './file-object.js'

/** Stands for one selector in other threads: a plain object, to be posted. */
export interface WakeHandle {
  /** The package whose `wake()` takes it, such as `@selectors/epoll`. */
  readonly backend: string
  /** A number that no other selector of this process has, or had. */
  readonly token: number
}

/**
 * Makes the current or else the next wait of a selector return early, from any thread of the process, also while the
 * selector's own thread is blocked in `select()`. Many calls before that wait count as one.
 *
 * @param handle what the selector's `waker()` answered
 * @returns whether there is still such a selector; for a closed one it does nothing
 * @throws {ValueError} when it is no handle, or one of another backend
 * @throws {BackendUnavailableError} when the backend's binding cannot be loaded
 */
export type Wake = (handle: WakeHandle) => boolean

/** @throws {ValueError} when it is no handle */
export function checkWakeHandle(handle: WakeHandle): WakeHandle {
  const { backend, token } = Object(handle) as Partial<WakeHandle>
  if (typeof backend !== 'string' || typeof token !== 'number') {
    throw new ValueError(`Invalid wake handle ${name(handle)}: expected what waker() answers`)
  }
  return handle
}
