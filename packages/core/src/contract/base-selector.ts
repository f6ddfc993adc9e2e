/// <reference lib="esnext.disposable" preserve="true" />
import { checkEvents } from './events.js'
import { type FileObject, filenoOf } from './file-object.js'
import type { Ready, WaitOptions } from './ready.js'
import { notRegistered, notSupported } from './refusals.js'
import type { DataArgument, SelectorKey } from './selector-key.js'
import type { SelectorMap } from './selector-map.js'
import type { WakeHandle } from './wake-handle.js'

/**
 * The contract of every selector: waits until one of many file objects is ready for reading or writing.
 *
 * `Data` is the type of the data that goes with each file object, often a callback; `File` the type of the file objects.
 * A selector belongs to the thread that made it and cannot be posted to another one: a DataCloneError says so.
 *
 * @see https://docs.python.org/3/library/selectors.html#selectors.BaseSelector
 */
export abstract class BaseSelector<Data = unknown, File extends FileObject = FileObject> implements Disposable {
  constructor() {
    if (new.target === BaseSelector) {
      throw new TypeError('BaseSelector is abstract: construct a backend, such as DefaultSelector')
    }
    markAsUncloneable(this)
  }

  /**
   * Registers a file object.
   *
   * Whether the descriptor has to be open depends on the system: epoll and kqueue refuse a closed one, poll, select and
   * /dev/poll accept it. A refused call leaves no trace.
   *
   * @param events a mask of EVENT_READ and EVENT_WRITE, at least one of them; or of other EVENT_* and of modes, such as
   *   ONE_SHOT, where the class's `supports.events` and `supports.modes` have them
   * @param data returned in the key
   * @throws {ValueError} if `events` is not such a mask, or combines EXCLUSIVE with something it does not allow; if `fileobj` is not a
   *   file object or is closed; if its descriptor is above 2^31 - 1, or above what the backend can hold (select: FD_SETSIZE)
   * @throws {KeyError} if the file object, or another one with the same descriptor, is already registered
   * @throws {SystemError} if the system refuses: EPERM (epoll: a regular file), EBADF (epoll, kqueue: not open), ENOSPC,
   *   ENOMEM, EINVAL (epoll: itself), ELOOP
   * @throws {SelectorClosedError} after `close()`
   */
  abstract register(fileobj: File, events: number, ...data: DataArgument<Data>): SelectorKey<Data, File>

  /**
   * Unregisters a file object. Do so before closing it; but it also works afterwards, even if the number has been
   * reused by something else. Errors of the system are ignored then: they no longer matter to the caller.
   *
   * @param fileobj the registered object, or anything with the same descriptor
   * @returns the key that the selector held
   * @throws {ValueError} if `fileobj` is not a file object, or is closed and was never registered
   * @throws {KeyError} if it is not registered
   * @throws {SelectorClosedError} after `close()`
   */
  abstract unregister(fileobj: File | number): SelectorKey<Data, File>

  /**
   * Changes the events or the data of a registered file object. The key keeps the file object that was registered.
   *
   * As in Python, `data` that is left out is cleared, not kept. If nothing changes, the same key is returned. If the events stay
   * the same, no system call is made, except with ONE_SHOT and EDGE_TRIGGERED: they are armed again, and what is ready is reported
   * once more.
   *
   * @returns the new key
   * @throws {ValueError} if `events` is not a mask as for `register()`, or `fileobj` is not a file object
   * @throws {KeyError} if it is not registered
   * @throws {SystemError} if the system refuses. If it lacks means (EMFILE, ENFILE, ENOMEM, ENOSPC, EAGAIN), all is as before. Otherwise
   *   (epoll, kqueue: the descriptor was closed) the file object is no longer registered, because the system's own state is unknown:
   *   this is the one refused call that changes something
   * @throws {SelectorClosedError} after `close()`
   */
  modify(fileobj: File | number, events: number, ...data: DataArgument<Data>): SelectorKey<Data, File> {
    checkEvents(events)
    const { fileobj: registered } = this.unregister(fileobj)
    return this.register(registered, events, ...data)
  }

  /**
   * Waits until a registered file object is ready.
   *
   * Readiness is level-triggered, except in the modes EDGE_TRIGGERED and ONE_SHOT: what is not consumed is reported again.
   *
   * The thread is blocked until then: no JavaScript runs in it, not even signal handlers, so long waits belong in a worker thread.
   * `worker.terminate()` and `process.exit()` still work. Code that a debugger evaluates in the blocked thread can use other
   * selectors. Of this one it can use `getKey()`, `getMap()`, `ref()`, `unref()` and `hasRef()`; all else throws
   * {@link SelectorBusyError}.
   *
   * @param timeout seconds, fractions allowed, rounded up to what the system counts in; `0` or less does not wait;
   *   if omitted, `null`, `Infinity` or more than the system can count, it waits forever
   * @returns a new list with one `[key, mask]` for each ready key, in no particular order; `mask` is never 0 and within the
   *   events of `key.events`. Empty after the timeout (see {@link timedOut}), or if {@link wakeup} ended the wait
   * @throws {ValueError} if `timeout` is NaN or not a number
   * @throws {SelectorBusyError} from within another `select()` of this selector
   * @throws {SystemError} if the system refuses: EBADF (select: a registered descriptor was closed; unregister it), EINVAL
   *   (poll: more are registered than the process may open), EMFILE, ENFILE, ENOMEM or ENOSPC (epoll: no resources are left to
   *   rebuild its set)
   * @throws {SelectorClosedError} after `close()`
   */
  abstract select(timeout?: number | null): Ready<Data, File>[]

  /**
   * Whether the last wait, blocking or not, timed out: nothing was ready, and {@link wakeup} was not called. False before the
   * first wait.
   *
   * A wait that returned nothing without timing out was woken. One that returned something may have been woken as well, so check
   * for whatever a wake-up announces after every wait that did not time out.
   *
   * @throws {SystemError} ENOTSUP where a selector does not implement it
   */
  get timedOut(): boolean {
    throw notSupported('timedOut')
  }

  /**
   * Waits until a registered file object is ready, without blocking the thread, and resolves to what `select(timeout)` would
   * return, in a later turn of the event loop.
   *
   * Changes that are made during the wait, by registering, modifying and unregistering, take effect at once. The wait keeps the
   * process alive, unless {@link unref} was called, and takes no thread from libuv's pool. There can be only one such wait at a
   * time, but `select()` may be called during it. The timeout is a `setTimeout()` of the program's, so a test's fake timers decide
   * when it is over.
   *
   * @throws (rejects) {ValueError} if the timeout is NaN or not a number, the signal is not an AbortSignal, or the options are not
   *   an object
   * @throws (rejects) {SelectorBusyError} if another such wait has not ended yet; that one continues
   * @throws (rejects) {SystemError} as `select()`; EMFILE, ENFILE, EAGAIN or ENOMEM if the system has no descriptor or thread
   *   for it, ERANGE (select) if that descriptor is FD_SETSIZE or above, ELOOP (epoll) if selectors are nested too deeply,
   *   ENOTSUP if the backend cannot do it
   * @throws (rejects) {SelectorClosedError} after `close()`, or if the selector is closed during the wait
   * @throws (rejects) the reason of `signal`
   */
  selectAsync(_options?: WaitOptions): Promise<Ready<Data, File>[]> {
    return Promise.reject(notSupported('selectAsync'))
  }

  /**
   * Iterates over what is ready, calling {@link selectAsync} repeatedly, until the selector is closed or the loop is left:
   * `for await (const [key, mask] of selector.events({ signal }))`.
   *
   * Readiness is level-triggered, and the event loop gets a turn between batches. Anything that was unregistered or modified since
   * its batch was read is left out. What is left of a batch when the loop is left is reported to the next wait, also with ONE_SHOT
   * and EDGE_TRIGGERED; EVENT_PRIORITY also where it was taken since. Aborting `signal` ends the iteration, which throws the signal's reason; {@link wakeup} does not end it.
   *
   * @throws {ValueError} if the options are not an object, or the signal is not an AbortSignal
   * @throws {SystemError} ENOTSUP if the backend cannot do it
   * @throws (rejects) as {@link selectAsync}, but ends if the selector is closed
   */
  events(_options?: Pick<WaitOptions, 'signal'>): AsyncIterableIterator<Ready<Data, File>> {
    throw notSupported('events')
  }

  /** Iterates like {@link events}, without a signal: `for await (const [key, mask] of selector)`. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Ready<Data, File>> {
    return this.events()
  }

  /** Lets asynchronous waits keep the process alive, which is the default; like the method of a timer. */
  ref(): this {
    return this
  }

  /**
   * Lets the process end while asynchronous waits are pending. A module whose top-level `await` or `for await` is one of them ends with
   * status 13, as Node.js does for any promise that is never settled: put the loop into a function that is not awaited.
   */
  unref(): this {
    return this
  }

  /** Returns whether an asynchronous wait keeps the process alive. */
  hasRef(): boolean {
    return true
  }

  /**
   * Makes the current wait, or else the next one, return early with what is ready then, whether it blocks or not. Several calls
   * before that wait count as one. A pending asynchronous wait is ended even if `select()` is called in between, and that may be
   * ended as well, once. If the asynchronous wait is aborted first, the next wait is ended, unless a `select()` already was.
   *
   * @throws {SystemError} EMFILE, ENFILE or ENOMEM if there is no descriptor for it, which is made on first use; ERANGE (select)
   *   if that is FD_SETSIZE or above; ENOTSUP if the backend cannot do it
   * @throws {SelectorClosedError} after `close()`
   */
  wakeup(): void {
    throw notSupported('wakeup')
  }

  /**
   * Returns a handle with which other threads can do the same, even while this thread is blocked in `select()`: post it to them,
   * and pass it to `wake()` of the backend's package or of `@selectors/default`.
   *
   * @throws {SystemError} {SelectorClosedError} as {@link wakeup}
   */
  waker(): WakeHandle {
    throw notSupported('waker')
  }

  /** Returns the registered keys: one live, read-only view for the life of the selector, empty after `close()`. */
  abstract getMap(): SelectorMap<Data, File>

  /**
   * Returns the key of a registered file object.
   *
   * @throws {ValueError} if `fileobj` is not a file object, or is closed and was never registered
   * @throws {KeyError} if it is not registered
   * @throws {SelectorClosedError} after `close()`
   */
  getKey(fileobj: File | number): SelectorKey<Data, File> {
    const key = this.getMap().get(fileobj)
    if (key === undefined) throw notRegistered(fileobj, filenoOf(fileobj))
    return key
  }

  /**
   * Frees what the system holds for this selector; the registered file objects stay open. May be called twice. Afterwards,
   * every method throws {@link SelectorClosedError}, except `close()`, `getMap()`, `ref()`, `unref()`, `hasRef()` and disposal;
   * iterations end.
   */
  close(): void {}

  /** Closes the selector at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close()
  }
}

interface Threads {
  markAsUncloneable?(object: object): void
}

/** Loaded when the first selector is constructed: that takes as long as all the rest of an import. */
let threads: Threads | undefined

/** Node.js can since 22.10; before, a clone is an empty object. */
const canMark = Number.parseInt(process.versions.node, 10) >= 22

function markAsUncloneable(object: object): void {
  if (!canMark) return
  threads ??= (process.getBuiltinModule?.('node:worker_threads') ?? {}) as Threads
  threads.markAsUncloneable?.(object)
}
