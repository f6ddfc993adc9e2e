import {
  Countdown,
  checkWaitOptions,
  EVENT_READ,
  EVENT_WRITE,
  type FileObject,
  secondsOf,
  type WaitOptions,
} from '@selectors/core'
import { SharedSelector } from './shared-selector.js'

let shared: SharedSelector | undefined

/**
 * Waits until a file object is ready for reading, without blocking the thread. There may be any number of such waits at once,
 * also for the same descriptor, each of which is told.
 *
 * All of a thread share one `DefaultSelector`, which is opened on first use. A wait keeps the process alive; none leaves anything
 * registered. What does not have to be waited for, because the system always calls it ready and epoll therefore refuses it (a
 * regular file), is ready at once, in a later turn of the event loop.
 *
 * Abort a wait before closing what it waits for: the systems differ in whether they tell, see `closed` in {@link Supports}.
 *
 * @param options `timeout` in seconds, `0` or less looks and does not wait; omitted, `null` or `Infinity` waits for ever
 * @returns true when it is ready, false when it is not after the timeout
 * @throws (rejects) {ValueError} when `fileobj` is no file object or closed, its descriptor is above what the backend can hold,
 *   the timeout is NaN or no number, or the options are no object
 * @throws (rejects) {SystemError} when the system refuses: EBADF (not open, or closed meanwhile), EMFILE, ENFILE, ENOMEM, ENOSPC
 * @throws (rejects) {BackendUnavailableError} when no backend serves here
 * @throws (rejects) the reason of `signal`
 */
export function waitReadable(fileobj: FileObject, options?: WaitOptions): Promise<boolean> {
  return waitFor(fileobj, EVENT_READ, options)
}

/**
 * Waits until a file object is ready for writing; otherwise like {@link waitReadable}.
 *
 * @returns true when it is ready, false when it is not after the timeout
 * @throws (rejects) as {@link waitReadable}
 */
export function waitWritable(fileobj: FileObject, options?: WaitOptions): Promise<boolean> {
  return waitFor(fileobj, EVENT_WRITE, options)
}

async function waitFor(fileobj: FileObject, event: number, options: WaitOptions = {}): Promise<boolean> {
  const { timeout, signal } = checkWaitOptions(options)
  const seconds = secondsOf(timeout)
  try {
    shared ??= new SharedSelector()
    return await shared.wait(fileobj, event, seconds, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== 'EPERM') throw error
    await new Promise<void>((resolve) => new Countdown(0, resolve, true))
    signal?.throwIfAborted()
    return true
  }
}
