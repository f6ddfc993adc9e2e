import { constants } from 'node:os'
import { inspect } from 'node:util'
import { BaseSelector } from '../contract/base-selector.js'
import { ValueError } from '../contract/errors.js'
import { checkEvents, RENEWED } from '../contract/events.js'
import { className, type FileObject } from '../contract/file-object.js'
import type { Mechanism } from '../contract/mechanism.js'
import { isOpen } from '../contract/open-file.js'
import { checkWaitOptions, type Ready, type WaitOptions } from '../contract/ready.js'
import { alreadyRegistered, closedError, notRegistered, underSelect } from '../contract/refusals.js'
import { type DataArgument, SelectorKey } from '../contract/selector-key.js'
import type { SelectorMap } from '../contract/selector-map.js'
import { type ShowOptions, show, showPlainly } from '../contract/showing.js'
import { secondsOf } from '../contract/timeout.js'
import type { WakeHandle } from '../contract/wake-handle.js'
import type { Poller } from '../poller.js'
import { AsyncWait } from './async-wait.js'
import { KeyTable } from './key-table.js'
import { KeyTableMap } from './key-table-map.js'
import { Leftovers } from './leftovers.js'
import { callRefused, check, controlRefused, isLack, queueRefused, waitRefused } from './poller-refusals.js'
import { holds, ReadyBuffer, take } from './ready-buffer.js'
import { ReadyIterator } from './ready-iterator.js'

const { EBUSY, EFAULT, EINTR, ENOENT, ENOTSUP } = constants.errno
const MAX_FD = 2 ** 31 - 1

/**
 * The contract of {@link BaseSelector} on top of a {@link Poller}. A backend extends it in some ten lines.
 *
 * The kernel goes first: a key enters, changes or leaves the table only after the poller has succeeded, so there is nothing to
 * undo if it refuses.
 */
export abstract class PollerSelector<Data = unknown, File extends FileObject = FileObject> extends BaseSelector<
  Data,
  File
> {
  readonly #poller: Poller
  readonly #mechanism: Mechanism
  readonly #keys = new KeyTable<Data, File>()
  readonly #map: SelectorMap<Data, File> = new KeyTableMap(this.#keys)
  readonly #ready = new ReadyBuffer()
  readonly #wait: AsyncWait<Ready<Data, File>>
  #closed = false
  #timedOut = false
  /** There from the first use until a wait takes them, so that others have nothing to look at. */
  #leftovers: Leftovers | undefined
  /** It is in `select()`, under which a debugger may call it again; or it was when its script was ended, which runs no `finally`. */
  #selects = false

  /**
   * @param poller not opened yet; this selector opens and closes it
   * @throws {SystemError} when the system refuses to create the queue: EMFILE, ENFILE, ENOMEM
   */
  constructor(poller: Poller, mechanism: Mechanism) {
    super()
    this.#poller = poller
    this.#mechanism = mechanism
    this.#wait = new AsyncWait(poller, () => this.#look(0))
    check(poller.open(), mechanism.syscalls.open)
  }

  override register(fileobj: File, events: number, ...[data]: DataArgument<Data>): SelectorKey<Data, File> {
    this.#checkFree()
    this.#checkEvents(events)
    const fd = this.#locate(fileobj)
    if (fd > MAX_FD) throw new ValueError(`fd ${fd} is out of range: the highest descriptor is ${MAX_FD}`)
    const registered = this.#keys.get(fd)
    if (registered !== undefined) throw alreadyRegistered(fileobj, registered)
    const result = this.#poller.add(fd, events)
    if (result < 0) throw controlRefused(result, this.#mechanism, fd, this.#poller)
    const key = new SelectorKey(fileobj, fd, events, data as Data)
    this.#keys.add(key)
    this.#ready.reserve(this.#keys.size)
    return key
  }

  override unregister(fileobj: File | number): SelectorKey<Data, File> {
    this.#checkFree()
    const fd = this.#locate(fileobj)
    const key = this.#find(fileobj, fd)
    this.#remove(fd)
    return key
  }

  override modify(fileobj: File | number, events: number, ...[data]: DataArgument<Data>): SelectorKey<Data, File> {
    this.#checkFree()
    this.#checkEvents(events)
    const fd = this.#locate(fileobj)
    const old = this.#find(fileobj, fd)
    const changes = events !== old.events
    // By now, another one may have the number of the file object that is registered.
    const isOther = typeof fileobj !== 'number' && fileobj !== old.fileobj
    if (changes || isOther || (events & RENEWED) !== 0) {
      const result = this.#poller.modify(fd, events)
      if (result < 0) throw this.#modifyRefused(result, old)
      this.#leftovers?.forget(fd)
    }
    if (!changes && Object.is(data, old.data)) return old
    const key = new SelectorKey(old.fileobj, fd, events, data as Data)
    this.#keys.replace(key)
    return key
  }

  override select(timeout?: number | null): Ready<Data, File>[] {
    this.#checkFree()
    const seconds = secondsOf(timeout)
    // A debugger may call it under another one that is not in its wait yet, and still will be in there afterwards.
    const selected = this.#selects
    this.#selects = true
    try {
      return this.#look(this.#hasLeftovers() ? 0 : seconds) ?? []
    } finally {
      this.#selects = selected
    }
  }

  override get timedOut(): boolean {
    return this.#timedOut
  }

  override selectAsync(options: WaitOptions = {}): Promise<Ready<Data, File>[]> {
    // Not an async function: that would make a second promise, which costs each wake-up another turn of the queue.
    try {
      this.#checkFree()
      const { timeout, signal } = checkWaitOptions(options)
      return this.#start(secondsOf(timeout), signal)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  override events(options: Pick<WaitOptions, 'signal'> = {}): AsyncIterableIterator<Ready<Data, File>> {
    const { signal } = checkWaitOptions(options)
    if (this.#poller.arm === undefined) return super.events()
    const source = {
      wait: () => {
        this.#checkFree()
        return this.#start(-1, signal, source)
      },
      cancel: () => this.#wait.cancelOf(source),
      isCurrent: (key: SelectorKey<Data, File>) => this.#keys.get(key.fd) === key,
      putBack: (ready: Ready<Data, File>) => this.#putBack(ready),
    }
    return new ReadyIterator(source, signal)
  }

  override ref(): this {
    this.#wait.keepAlive = true
    return this
  }

  override unref(): this {
    this.#wait.keepAlive = false
    return this
  }

  override hasRef(): boolean {
    return this.#wait.keepAlive
  }

  override wakeup(): void {
    this.#checkFree()
    const result = this.#poller.wake?.() ?? -ENOTSUP
    if (result < 0) throw callRefused(result, 'wakeup', this.#poller)
  }

  override waker(): WakeHandle {
    this.#checkFree()
    const handle = this.#poller.waker?.() ?? -ENOTSUP
    if (typeof handle === 'number') throw callRefused(handle, 'waker')
    return handle
  }

  override getKey(fileobj: File | number): SelectorKey<Data, File> {
    this.#checkOpen()
    return this.#find(fileobj, this.#locate(fileobj))
  }

  override getMap(): SelectorMap<Data, File> {
    return this.#map
  }

  override close(): void {
    this.#checkIdle()
    this.#closed = true
    this.#keys.clear()
    this.#wait.cancel(closedError())
    this.#poller.close()
  }

  /** Shows in `console.log()` what is registered, whether it is waited for asynchronously, and its own descriptor. */
  [inspect.custom](depth: number, options: ShowOptions): string {
    if (!(#closed in this)) return showPlainly(this, options)
    return show(this, className(this), this.#closed ? { closed: true } : this.#shown(), depth, options)
  }

  #shown(): object {
    const keys = [...this.#keys.values()]
    if (this.#isBlocked()) return { waiting: true, keys }
    const fd = this.#mechanism.supports.fileno ? { fd: this.#poller.fileno() } : {}
    return { ...fd, waiting: this.#wait.isPending, keys }
  }

  /**
   * Returns the descriptor of the kernel's queue, which a backend that has one returns from `fileno()`.
   *
   * @throws {SystemError} if a backend makes it now, and the system refuses: EMFILE, ENFILE, ENOMEM; EINVAL or ENOSPC, if it may
   *   not wait for all that is registered
   * @throws {SelectorClosedError} after `close()`
   */
  protected queueFileno(): number {
    this.#checkFree()
    const fd = this.#poller.fileno()
    if (fd < 0) throw queueRefused(fd, this.#mechanism)
    return fd
  }

  #start(seconds: number, signal: AbortSignal | undefined, owner?: object): Promise<Ready<Data, File>[]> {
    const wait = this.#wait.start(seconds, signal, owner)
    if (this.#hasLeftovers()) this.#wait.lookSoon()
    return wait
  }

  #putBack(ready: Ready<Data, File>): void {
    const [{ fd, events }, mask] = ready
    const leftovers = this.#leftovers ?? new Leftovers()
    if (!leftovers.keep(ready)) {
      if ((events & RENEWED) === 0 || this.#renews(fd, events)) return
      leftovers.add(fd, mask)
    }
    this.#leftovers = leftovers
    this.#wait.lookSoon()
  }

  /** Returns false if the system refuses that: BSDs do where the other end of a pipe is gone. Of what was closed there is nothing to report. */
  #renews(fd: number, events: number): boolean {
    const result = this.#poller.modify(fd, events)
    return result >= 0 || result === -ENOENT || !isOpen(fd)
  }

  /** Not a getter: V8 leaves compiled code for each read of a private one. */
  #hasLeftovers(): boolean {
    return this.#leftovers !== undefined && !this.#leftovers.isEmpty
  }

  /** Returns what a wait finds, and what is left of others: `undefined` for nothing, an empty batch if it was woken. */
  #look(seconds: number): Ready<Data, File>[] | undefined {
    const { pairs } = this.#ready
    const found = this.#poller.wait(seconds, pairs)
    const leftovers = this.#leftovers
    return this.#decode(pairs, leftovers === undefined ? found : this.#withLeftovers(pairs, found, leftovers))
  }

  /** Adds what is left to what a wait found, unless the wait was refused, or was given what has room for fewer. */
  #withLeftovers(pairs: Int32Array, found: number, leftovers: Leftovers): number {
    if (leftovers.isEmpty || (found < 0 && found !== -EINTR)) return found
    if (pairs !== this.#ready.pairs || !holds(pairs, found)) return found
    this.#leftovers = undefined
    return leftovers.addTo(pairs, Math.max(found, 0))
  }

  #decode(pairs: Int32Array, count: number): Ready<Data, File>[] | undefined {
    this.#timedOut = count === 0
    if (count === 0) return undefined
    if (count === -EINTR) return []
    if (count < 0) throw this.#waitRefused(count)
    if (!holds(pairs, count)) throw waitRefused(-EFAULT, this.#mechanism, [], this.#poller)
    const batch = take(pairs, count, this.#keys)
    return batch.length === 0 ? undefined : batch
  }

  #waitRefused(errno: number): Error {
    // By a debugger, just before the wait.
    if (this.#closed) return closedError()
    return waitRefused(errno, this.#mechanism, this.#map.values(), this.#poller)
  }

  #remove(fd: number): void {
    // An error only says that the descriptor has been closed or reused, which does not matter any more.
    this.#poller.remove(fd)
    this.#leftovers?.forget(fd)
    this.#keys.delete(fd)
  }

  /** What fails for want of means leaves all as it was; else the descriptor is no longer what was registered. */
  #modifyRefused(errno: number, { fd, events }: SelectorKey<Data, File>): Error {
    // Part of it may have been done.
    if (isLack(errno) && this.#poller.modify(fd, events) >= 0) {
      return controlRefused(errno, this.#mechanism, fd, this.#poller)
    }
    this.#remove(fd)
    return controlRefused(errno, this.#mechanism, fd, this.#poller, '; it is no longer registered')
  }

  #checkEvents(events: number): void {
    checkEvents(events, this.#mechanism.supports, this.#mechanism.package ?? this.constructor.name)
  }

  #checkOpen(): void {
    if (this.#closed) throw closedError()
  }

  #checkIdle(): void {
    if (this.#isBlocked()) throw underSelect()
  }

  #checkFree(): void {
    if (this.#closed) throw closedError()
    if (this.#isBlocked()) throw underSelect()
  }

  /** Asks the poller as well: the timeout of node:vm, and Ctrl+C in the REPL, end `select()` in no way that JavaScript notices. */
  #isBlocked(): boolean {
    return this.#selects && this.#poller.fileno() === -EBUSY
  }

  /** Asks a file object, which may run the caller's code: even code that closes this selector. */
  #locate(fileobj: unknown): number {
    const fd = this.#keys.locate(fileobj)
    this.#checkOpen()
    return fd
  }

  #find(fileobj: unknown, fd: number): SelectorKey<Data, File> {
    const key = this.#keys.get(fd)
    if (key === undefined) throw notRegistered(fileobj, fd)
    return key
  }
}
