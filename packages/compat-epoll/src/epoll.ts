import { SelectorClosedError, ValueError } from '@selectors/epoll'
import type { EpollCallback } from './callback.js'
import { EPOLLERR, EPOLLET, EPOLLHUP, EPOLLIN, EPOLLONESHOT, EPOLLOUT, EPOLLPRI, EPOLLRDHUP } from './events.js'
import { type SharedSelector, sharedSelector } from './shared-selector.js'

/**
 * Calls back when descriptors are ready, as the class of the npm package `epoll` does.
 *
 * Anything added keeps the process alive. What the callback throws is an uncaught exception, as from the callback of a timer. All
 * of a thread share one epoll set, which is made when the first descriptor is added.
 *
 * @see https://www.npmjs.com/package/epoll
 */
export class Epoll {
  /** Data can be read. */
  static readonly EPOLLIN = EPOLLIN
  /** Data can be written. */
  static readonly EPOLLOUT = EPOLLOUT
  /** The other side has stopped sending. If it is asked for, it comes with every hang-up. */
  static readonly EPOLLRDHUP = EPOLLRDHUP
  /** Something exceptional: a GPIO edge, urgent data. Read the file first, then add it. */
  static readonly EPOLLPRI = EPOLLPRI
  /** An error is pending. Reported without being asked for. */
  static readonly EPOLLERR = EPOLLERR
  /** Both sides have ended. Reported without being asked for. */
  static readonly EPOLLHUP = EPOLLHUP
  /** A mode: what is ready is reported once, until more happens. */
  static readonly EPOLLET = EPOLLET
  /** A mode: nothing is reported after the first time, until `modify()`. */
  static readonly EPOLLONESHOT = EPOLLONESHOT

  readonly #callback: EpollCallback
  #selector: SharedSelector | undefined
  #closed = false

  /** @throws {ValueError} when the callback is no function */
  constructor(callback: EpollCallback) {
    if (typeof callback !== 'function')
      throw new ValueError('Epoll needs a callback: new Epoll((error, fd, events) => …)')
    this.#callback = callback
  }

  /** Whether {@link close} was called. */
  get closed(): boolean {
    return this.#closed
  }

  /**
   * Has the callback called when one of these events is ready.
   *
   * @param events a mask of constants; 0 waits for errors and hang-ups only
   * @throws {ValueError} when `fd` is no descriptor or `events` no such mask
   * @throws {KeyError} when it was added already, to this or another one of the same thread
   * @throws {SystemError} when the system refuses: EPERM (a regular file), EBADF (not open), ENOSPC, ENOMEM, EMFILE, ENFILE
   * @throws {BackendUnavailableError} on another system than Linux
   * @throws {SelectorClosedError} after `close()`
   */
  add(fd: number, events: number): this {
    this.#open('add').add(fd, { owner: this, events, callback: this.#callback })
    return this
  }

  /**
   * Changes the events; with EPOLLONESHOT, also to the same, which arms it again.
   *
   * @throws {ValueError} when `fd` is no descriptor or `events` no mask of constants
   * @throws {KeyError} when it was not added here
   * @throws {SystemError} when the system refuses (EBADF or ENOENT: it was closed), which removes it
   * @throws {BackendUnavailableError} on another system than Linux
   * @throws {SelectorClosedError} after `close()`
   */
  modify(fd: number, events: number): this {
    this.#open('modify').modify(fd, { owner: this, events, callback: this.#callback })
    return this
  }

  /**
   * Stops calling the callback for this descriptor, which may be closed already.
   *
   * @throws {ValueError} when `fd` is no descriptor
   * @throws {KeyError} when it was not added here
   * @throws {BackendUnavailableError} on another system than Linux
   * @throws {SelectorClosedError} after `close()`
   */
  remove(fd: number): this {
    this.#open('remove').remove(fd, this)
    return this
  }

  /**
   * Removes all that was added. The descriptors stay open.
   *
   * @throws {SelectorClosedError} when it was called before
   */
  close(): null {
    this.#checkOpen('close')
    this.#closed = true
    this.#selector?.removeAll(this)
    return null
  }

  #open(method: string): SharedSelector {
    this.#checkOpen(method)
    this.#selector ??= sharedSelector()
    return this.#selector
  }

  #checkOpen(method: string): void {
    if (this.#closed) throw new SelectorClosedError(`Cannot ${method}: this Epoll is closed`)
  }
}
