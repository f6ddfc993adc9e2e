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
   * Whether the descriptor is open is for the system to say: epoll and kqueue refuse a closed one, poll, select and
   * /dev/poll accept it. A refused call leaves no trace.
   *
   * @param events a mask of EVENT_READ and EVENT_WRITE, at least one of them; or of other EVENT_* and of modes, such as
   *   ONE_SHOT, where the class's `supports.events` and `supports.modes` have them
   * @param data handed back in the key
   * @throws {ValueError} when `events` is no such mask, or has EXCLUSIVE beside what it does not go with; `fileobj` is no file
   *   object or closed, its descriptor is above 2^31 - 1 or above what the backend can hold (select: FD_SETSIZE)
   * @throws {KeyError} when the file object, or another one with the same descriptor, is registered already
   * @throws {SystemError} when the system refuses: EPERM (epoll: a regular file), EBADF (epoll, kqueue: not open), ENOSPC,
   *   ENOMEM, EINVAL (epoll: itself), ELOOP
   * @throws {SelectorClosedError} after `close()`
   */
  abstract register(fileobj: File, events: number, ...data: DataArgument<Data>): SelectorKey<Data, File>

  /**
   * Unregisters a file object. Do so before closing it; but it works afterwards too, and also when the number has been
   * reused by something else. What the system says then is of no interest to the caller and is dropped.
   *
   * @param fileobj the registered object, or anything with the same descriptor
   * @returns the key that the selector held
   * @throws {ValueError} when `fileobj` is no file object, or is closed and was never registered
   * @throws {KeyError} when it is not registered
   * @throws {SelectorClosedError} after `close()`
   */
  abstract unregister(fileobj: File | number): SelectorKey<Data, File>

  /**
   * Changes the events or the data of a registered file object. The key keeps the file object that was registered.
   *
   * As in Python, `data` that is left out is cleared, not kept. Where nothing changes, the same key is returned; where the
   * events stay the same, the system is not asked, except with ONE_SHOT, which this arms again, and EDGE_TRIGGERED: what is
   * ready is reported afresh.
   *
   * @returns the new key
   * @throws {ValueError} when `events` is no mask as for `register()`, or `fileobj` is no file object
   * @throws {KeyError} when it is not registered
   * @throws {SystemError} when the system refuses (epoll, kqueue: the descriptor was closed); the file object is not
   *   registered any longer then, because the system's own state is unknown: the one refused call that changes something
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
   * Readiness is level-triggered, but for the modes EDGE_TRIGGERED and ONE_SHOT: what is not consumed is reported again. The
   * thread is blocked meanwhile, so no JavaScript runs, signal handlers included, which is for a worker thread then;
   * `worker.terminate()` and `process.exit()` work all the same.
   *
   * @param timeout seconds, fractions allowed, rounded up to what the system counts in; `0` or less does not wait;
   *   omitted, `null`, `Infinity` or more than the system can count waits for ever
   * @returns a fresh list with one `[key, mask]` for each ready key, in no promised order, `mask` never 0 and within the
   *   events of `key.events`; empty after the timeout, see {@link timedOut}, and when woken by {@link wakeup}
   * @throws {ValueError} when `timeout` is NaN or no number
   * @throws {SystemError} when the system refuses: EBADF (select: a registered descriptor was closed; unregister it), EINVAL
   *   (poll: more are registered than the process may open), EMFILE, ENFILE, ENOMEM or ENOSPC (epoll: nothing is left for
   *   building its set anew)
   * @throws {SelectorClosedError} after `close()`
   */
  abstract select(timeout?: number | null): Ready<Data, File>[]

  /**
   * Says whether the last wait, blocking or not, ended because its time was over: nothing was ready, and {@link wakeup} was not
   * called. False before the first wait.
   *
   * A wait that returned nothing without timing out was woken. So was perhaps one that returned something: what a wake-up
   * announces is worth a look after each wait that did not time out.
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
   * What is registered, modified and unregistered meanwhile counts at once. The wait keeps the process alive, unless
   * {@link unref} was called, and takes no thread of libuv's pool. There is one such wait at a time; `select()` may be called
   * meanwhile.
   *
   * @throws (rejects) {ValueError} when the timeout is NaN or no number, or the options are no object
   * @throws (rejects) {SelectorBusyError} when another wait of this kind is going on, which goes on
   * @throws (rejects) {SystemError} as `select()`; EMFILE, ENFILE, EAGAIN or ENOMEM when the system has no descriptor or thread
   *   for it, ERANGE (select) when that descriptor is FD_SETSIZE or above, ELOOP (epoll) when selectors are nested too deeply,
   *   ENOTSUP where the backend cannot do it
   * @throws (rejects) {SelectorClosedError} after `close()`, and when the selector is closed meanwhile
   * @throws (rejects) the reason of `signal`
   */
  selectAsync(_options?: WaitOptions): Promise<Ready<Data, File>[]> {
    return Promise.reject(notSupported('selectAsync'))
  }

  /**
   * Iterates what is ready, as by {@link selectAsync} again and again, until the selector is closed or the loop is left:
   * `for await (const [key, mask] of selector.events({ signal }))`.
   *
   * Readiness is level-triggered, and the event loop has a turn between the batches. What was unregistered or modified since
   * its batch was read is left out. What is left of a batch when the loop is left is reported to whoever waits next, also with
   * ONE_SHOT and EDGE_TRIGGERED. An aborted `signal` ends the iteration, which throws its reason; {@link wakeup} does not
   * end it.
   *
   * @throws {ValueError} when the options are no object
   * @throws {SystemError} ENOTSUP where the backend cannot do it
   * @throws (rejects) as {@link selectAsync}, but ends when the selector is closed
   */
  events(_options?: Pick<WaitOptions, 'signal'>): AsyncIterableIterator<Ready<Data, File>> {
    throw notSupported('events')
  }

  /** Iterates as {@link events} without a signal: `for await (const [key, mask] of selector)`. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Ready<Data, File>> {
    return this.events()
  }

  /** Lets asynchronous waits keep the process alive, as they do at first; like the method of a timer. */
  ref(): this {
    return this
  }

  /**
   * Lets the process end while asynchronous waits are going on. A module whose top-level `await` or `for await` is one of them ends with
   * status 13, as Node.js does for any promise that is never settled: put the loop into a function that is not awaited.
   */
  unref(): this {
    return this
  }

  /** Says whether an asynchronous wait keeps the process alive. */
  hasRef(): boolean {
    return true
  }

  /**
   * Makes the current or else the next wait return early, blocking or not, with what is ready then. Calls before that wait count
   * as one. An asynchronous wait that goes on is ended whatever `select()` is called in between, which may be ended as well,
   * once. If it is aborted first, the next wait is ended, unless a `select()` was.
   *
   * @throws {SystemError} EMFILE, ENFILE or ENOMEM when there is no descriptor for it, which is made on first use; ERANGE (select)
   *   when that is FD_SETSIZE or above; ENOTSUP where the backend cannot do it
   * @throws {SelectorClosedError} after `close()`
   */
  wakeup(): void {
    throw notSupported('wakeup')
  }

  /**
   * Answers a handle with which other threads do the same, while this thread is blocked in `select()`: post it there, and give
   * it to `wake()` of the backend's package or of `@selectors/default`.
   *
   * @throws {SystemError} {SelectorClosedError} as {@link wakeup}
   */
  waker(): WakeHandle {
    throw notSupported('waker')
  }

  /** Answers the registered keys: one live, read-only view for the selector's life, empty after `close()`. */
  abstract getMap(): SelectorMap<Data, File>

  /**
   * Answers the key of a registered file object.
   *
   * @throws {ValueError} when `fileobj` is no file object, or is closed and was never registered
   * @throws {KeyError} when it is not registered
   * @throws {SelectorClosedError} after `close()`
   */
  getKey(fileobj: File | number): SelectorKey<Data, File> {
    const key = this.getMap().get(fileobj)
    if (key === undefined) throw notRegistered(fileobj, filenoOf(fileobj))
    return key
  }

  /**
   * Frees what the system holds for this selector; the registered file objects stay open. May be called twice. After it
   * every method throws {@link SelectorClosedError}, except `close()`, `getMap()`, `ref()`, `unref()`, `hasRef()` and disposal; an
   * iteration ends.
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
