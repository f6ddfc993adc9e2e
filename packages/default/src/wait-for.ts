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
 * Waits until a file object is ready for reading, without blocking the thread. Any number of such waits may be pending at once,
 * even for the same descriptor: each of them is settled.
 *
 * All waits of a thread share one `DefaultSelector`, which is opened on first use. A wait keeps the process alive, and leaves nothing
 * registered when it has ended. What never has to be waited for, because the system always calls it ready (a regular file, which epoll
 * refuses for that reason), is ready at once, in a later turn of the event loop.
 *
 * Abort a wait before closing what it waits for. If you close first, the wait may stay pending, because epoll and kqueue do not tell. It
 * never resolves for another file that gets the number: it rejects with EBADF as soon as that can be known, when the descriptor becomes
 * ready or when another wait for the same number begins or ends. Files that are not told apart by device and inode, such as two eventfds,
 * may be mistaken for each other if the waits were given numbers.
 *
 * @param options `timeout` in seconds, `0` or less only looks; if omitted, `null` or `Infinity`, it waits forever
 * @returns true if it is ready, false if it is not after the timeout
 * @throws (rejects) {ValueError} if `fileobj` is not a file object or is closed, its descriptor is above what the backend can hold,
 *   the timeout is NaN or not a number, the signal is not an AbortSignal, or the options are not an object
 * @throws (rejects) {SystemError} if the system refuses: EBADF (not open, or closed during the wait), EMFILE, ENFILE, ENOMEM, ENOSPC
 * @throws (rejects) {BackendUnavailableError} if no backend can be used here
 * @throws (rejects) the reason of `signal`
 */
export function waitReadable(fileobj: FileObject, options?: WaitOptions): Promise<boolean> {
  return waitFor(fileobj, EVENT_READ, options)
}

/**
 * Waits until a file object is ready for writing; otherwise like {@link waitReadable}.
 *
 * @returns true if it is ready, false if it is not after the timeout
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
