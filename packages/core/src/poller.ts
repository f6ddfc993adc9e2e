import type { WakeHandle } from './contract/wake-handle.js'

/**
 * The seam: all that differs between systems, in numbers only.
 *
 * Every method answers a result, or `-errno` (`-os.constants.errno.EBADF`, ...); none throws. The caller has checked the
 * arguments: `fd` is an integer from 0 to 2^31 - 1, `events` a non-empty mask of EVENT_* bits. More bits may be given
 * a meaning later: a poller refuses those that it does not know with `-EINVAL`.
 *
 * Most backends implement the C++ class of `@selectors/core/native` and get their Poller from {@link nativePoller}; a
 * Poller in plain TypeScript serves as well, and a decorator can add behaviour to any other.
 */
export interface Poller {
  /** Creates the kernel's queue, if the mechanism has one. Called once, before every other method. Answers 0. */
  open(): number

  /** Answers the descriptor of the kernel's queue, or `-ENOTSUP` where there is none. */
  fileno(): number

  /** Starts to watch `fd`, which is not watched. Answers 0. `-ERANGE` says that the mechanism cannot hold this `fd`. */
  add(fd: number, events: number): number

  /** Replaces the events that `fd`, which is watched, is watched for. Answers 0. */
  modify(fd: number, events: number): number

  /** Stops to watch `fd`, whatever has become of it meanwhile: afterwards it is not watched, even on `-errno`. Answers 0. */
  remove(fd: number): number

  /**
   * Waits until a watched descriptor is ready, the time is over or `ready` is full.
   *
   * Writes `fd, events` for each ready descriptor, at most one pair for each, with `events` reduced to EVENT_* bits that
   * it is watched for. A wait that a signal interrupts is resumed; the wait never ends early, but by `wake()`.
   *
   * @param timeout seconds; 0 does not wait, a negative number waits for ever
   * @param ready has room for two numbers for each watched descriptor, and for one pair more; its memory stays where it is,
   *   not transferred, until the next call with another one or `close()`
   * @returns how many pairs were written; 0 when the time is over, `-EINTR` when it was woken with none
   */
  wait(timeout: number, ready: Int32Array): number

  /** Frees the kernel's queue. May be called twice. Answers 0. */
  close(): number

  /**
   * Makes the current or else the next `wait()` return early, once, however often it is called before that. Where something is
   * armed, `onReady` is called as well, and the `wait()` that follows returns early, whatever other waits come in between. What
   * has ended another one is forgotten by `disarm()`; what has ended none is left to the next. Returns 0.
   */
  wake?(): number

  /** Answers what another thread can do the same with, through the backend's own `wake()`; or `-errno`. */
  waker?(): WakeHandle | number

  /**
   * Calls `onReady` once, from the event loop, as soon as `wait(0)` would not answer 0. It may do so for nothing. What is
   * added, modified and removed meanwhile counts at once. Answers 0; then it is armed until it calls, or `disarm()`.
   */
  arm?(onReady: () => void): number

  /** Forgets what `arm()` was given. Does nothing where nothing is armed. Answers 0. */
  disarm?(): number

  /** Says whether the event loop goes on for as long as this is armed, now and later; it does at first. Answers 0. */
  keepAlive?(on: boolean): number
}
