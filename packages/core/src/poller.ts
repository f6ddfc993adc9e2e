import type { WakeHandle } from './contract/wake-handle.js'

/**
 * The seam: all that differs between systems, in numbers only.
 *
 * Every method returns a result, or `-errno` (`-os.constants.errno.EBADF`, ...), and does not throw. The caller has checked the
 * arguments: `fd` is an integer from 0 to 2^31 - 1, `events` a non-empty mask of EVENT_* bits. More bits may be given
 * a meaning later: a poller refuses those that it does not know with `-EINVAL`.
 *
 * Most backends implement the C++ class of `@selectors/core/native` and get their Poller from {@link nativePoller}; a
 * Poller in plain TypeScript works as well, and a decorator can add behaviour to any other.
 */
export interface Poller {
  /** Creates the kernel's queue, if the mechanism has one. Called once, before every other method. Returns 0. */
  open(): number

  /** Returns the descriptor of the kernel's queue, or `-ENOTSUP` if there is none; but `-EBUSY` from under its own `wait()`. */
  fileno(): number

  /** Starts watching `fd`, which is not watched yet. Returns 0; `-ERANGE` means that the mechanism cannot hold this `fd`. */
  add(fd: number, events: number): number

  /**
   * Replaces the events that `fd` is watched for. Returns 0. After a refusal for want of means (`-EMFILE`, `-ENFILE`, `-ENOMEM`,
   * `-ENOSPC`, `-EAGAIN`) it is called again with the events from before: if that succeeds, nothing has changed.
   */
  modify(fd: number, events: number): number

  /** Stops watching `fd`, even if it has since been closed: afterwards it is not watched, even on `-errno`. Returns 0. */
  remove(fd: number): number

  /**
   * Waits until a watched descriptor is ready, the timeout is over or `ready` is full.
   *
   * Writes `fd, events` for each ready descriptor, at most one pair for each, with `events` reduced to the EVENT_* bits that
   * it is watched for. A wait that a signal interrupts is resumed; only `wake()` ends a wait early.
   *
   * @param timeout seconds; 0 does not wait, a negative number waits forever
   * @param ready has room for two numbers for each watched descriptor, and for one pair more; its memory stays where it is,
   *   not transferred, until the next call with another one or `close()`
   * @returns how many pairs were written; 0 if the timeout is over, `-EINTR` if it was woken and nothing is ready
   */
  wait(timeout: number, ready: Int32Array): number

  /** Frees the kernel's queue. May be called twice. Returns 0. */
  close(): number

  /**
   * Makes the current or else the next `wait()` return early, once, however often it is called before that. Where something is
   * armed, `onReady` is called as well, and the `wait()` that follows returns early, whatever other waits come in between. What
   * has ended another one is forgotten by `disarm()`; what has ended none is left to the next. Returns 0.
   */
  wake?(): number

  /**
   * Returns the descriptor of the poller's own that other code has closed, by a number that it took for its own, or `-ENOENT`.
   * It is asked after a refusal.
   */
  lost?(): number

  /** Returns what another thread can do the same with, through the backend's own `wake()`; or `-errno`. */
  waker?(): WakeHandle | number

  /**
   * Calls `onReady` once, from the event loop, as soon as `wait(0)` would not return 0. A spurious call is allowed. Descriptors
   * that are added, modified and removed in the meantime take effect at once. Returns 0; it is then armed until the call or `disarm()`.
   */
  arm?(onReady: () => void): number

  /**
   * Forgets the callback of `arm()`. Does nothing if it is not armed. Returns 0.
   *
   * @param goesOff as if `onReady` had been called: the `wait()` that follows is its own
   */
  disarm?(goesOff?: boolean): number

  /** Sets whether being armed keeps the event loop alive, now and later; at first it does. Returns 0. */
  keepAlive?(on: boolean): number
}
