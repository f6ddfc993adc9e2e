import {
  Countdown,
  checkEvents,
  checkWaitOptions,
  EDGE_TRIGGERED,
  EVENT_READ,
  EVENT_WRITE,
  EXCLUSIVE,
  type FileObject,
  filenoOf,
  ONE_SHOT,
  secondsOf,
  ValueError,
  type WaitOptions,
} from '@selectors/core'
import { DefaultSelector } from './default-selector.js'
import { SharedSelector } from './shared-selector.js'

const MODES = EDGE_TRIGGERED | ONE_SHOT | EXCLUSIVE

let shared: SharedSelector | undefined

/**
 * Waits until a file object is ready for reading, without blocking the thread. Any number of such waits may be pending at once,
 * even for the same descriptor: each of them is settled.
 *
 * All waits of a thread share one `DefaultSelector`, which is opened on first use. A wait keeps the process alive, and leaves nothing
 * registered when it has ended. What never has to be waited for, because the system always calls it ready (a regular file, which epoll
 * refuses for that reason), is ready at once, in a later turn of the event loop.
 *
 * Abort a wait before closing what it waits for, or call {@link notifyClosing}. If you close first, the wait may stay pending, because epoll and kqueue do not tell. It
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
  return isReady(waitFor(fileobj, EVENT_READ, options))
}

/**
 * Waits until a file object is ready for writing; otherwise like {@link waitReadable}.
 *
 * @returns true if it is ready, false if it is not after the timeout
 * @throws (rejects) as {@link waitReadable}
 */
export function waitWritable(fileobj: FileObject, options?: WaitOptions): Promise<boolean> {
  return isReady(waitFor(fileobj, EVENT_WRITE, options))
}

async function isReady(mask: Promise<number>): Promise<boolean> {
  return (await mask) !== 0
}

/**
 * Waits until one of some events of a file object is ready, those beyond reading and writing too: `waitFor(pin, EVENT_PRIORITY)`;
 * otherwise like {@link waitReadable}.
 *
 * @param events a mask of EVENT_* that `DefaultSelector.supports.events` has. There are no modes: a wait is told once in any case
 * @returns which of the events are ready, `0` when none is after the timeout
 * @throws (rejects) {ValueError} also when `events` is no such mask
 * @throws (rejects) {SystemError} also EPERM (epoll) when the system has no way to wait for it, and neither reading nor writing is
 *   waited for
 * @throws (rejects) otherwise as {@link waitReadable}
 */
export async function waitFor(fileobj: FileObject, events: number, options: WaitOptions = {}): Promise<number> {
  const { timeout, signal } = checkWaitOptions(options)
  const seconds = secondsOf(timeout)
  if (typeof events === 'number' && events & MODES) {
    throw new ValueError(`Invalid events ${events}: a wait is told once, and has no modes such as ONE_SHOT`)
  }
  // First, because where no backend serves, there are no events either.
  shared ??= new SharedSelector()
  checkEvents(events, { events: DefaultSelector.supports.events, modes: 0 }, DefaultSelector.name)
  try {
    return await shared.wait(fileobj, events, seconds, signal)
  } catch (error) {
    const ready = events & (EVENT_READ | EVENT_WRITE)
    if ((error as NodeJS.ErrnoException | null)?.code !== 'EPERM' || ready === 0) throw error
    await new Promise<void>((resolve) => new Countdown(0, resolve, true))
    signal?.throwIfAborted()
    return ready
  }
}

/**
 * Has this thread's waits for a file object that is about to be closed rejected, with an error (EBADF) that says so: those of
 * {@link waitReadable}, {@link waitWritable} and {@link waitFor}. Call it right before closing; where nothing waits, it does
 * nothing. A selector that the file object is registered with is not told: unregister it there.
 *
 * @throws {ValueError} when `fileobj` is no file object, or is closed already
 */
export function notifyClosing(fileobj: FileObject): void {
  if (shared === undefined) filenoOf(fileobj)
  else shared.dismiss(fileobj)
}
