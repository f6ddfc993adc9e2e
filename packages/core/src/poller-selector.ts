import { fstatSync } from 'node:fs'
import { constants } from 'node:os'
import { BaseSelector, notRegistered, type Ready } from './base-selector.js'
import { KeyError, SelectorClosedError, SystemError, ValueError } from './errors.js'
import { EVENT_READ, EVENT_WRITE } from './events.js'
import { type FileObject, name } from './file-object.js'
import { KeyTable } from './key-table.js'
import type { Poller } from './poller.js'
import { type DataArgument, SelectorKey } from './selector-key.js'
import { KeyTableMap, type SelectorMap } from './selector-map.js'

/** The names of a poller's system calls, for the `syscall` of an error. */
export interface Syscalls {
  /** The one that creates the queue. */
  readonly open: string
  /** The one that adds, modifies and removes. */
  readonly control: string
  /** The one that waits. */
  readonly wait: string
}

const ALL_EVENTS = EVENT_READ | EVENT_WRITE
const MAX_FD = 2 ** 31 - 1
/** Longer timeouts, of some 31 years, wait for ever; the nanoseconds of this one still fit in 64 bits. */
const MAX_TIMEOUT = 1e9

/**
 * The contract of {@link BaseSelector} on top of a {@link Poller}. A backend extends it in some ten lines.
 *
 * The kernel goes first: a key enters, changes or leaves the table after the poller has answered, so there is nothing to
 * undo when it refuses.
 */
export abstract class PollerSelector<Data = unknown, File extends FileObject = FileObject> extends BaseSelector<
  Data,
  File
> {
  readonly #poller: Poller
  readonly #syscalls: Syscalls
  readonly #keys = new KeyTable<Data, File>()
  readonly #map: SelectorMap<Data, File> = new KeyTableMap(this.#keys)
  /** Room for one `[fd, events]` pair for each key. */
  #ready = new Int32Array(2 * 32)
  #closed = false

  /**
   * @param poller not opened yet; this selector opens and closes it
   * @throws {SystemError} when the system refuses to create the queue: EMFILE, ENFILE, ENOMEM
   */
  constructor(poller: Poller, syscalls: Syscalls) {
    super()
    this.#poller = poller
    this.#syscalls = syscalls
    check(poller.open(), syscalls.open)
  }

  override register(fileobj: File, events: number, ...[data]: DataArgument<Data>): SelectorKey<Data, File> {
    this.#checkOpen()
    checkEvents(events)
    const fd = this.#locate(fileobj)
    if (fd > MAX_FD) throw new ValueError(`fd ${fd} is out of range: the highest descriptor is ${MAX_FD}`)
    const registered = this.#keys.get(fd)
    if (registered !== undefined) {
      throw new KeyError(`${name(fileobj)} (fd ${fd}) is already registered: use modify(), or unregister() it first`)
    }
    const result = this.#poller.add(fd, events)
    if (result < 0) throw refused(result, this.#syscalls.control, fd)
    const key = new SelectorKey(fileobj, fd, events, data as Data)
    this.#keys.add(key)
    if (2 * this.#keys.size > this.#ready.length) this.#ready = new Int32Array(2 * this.#ready.length)
    return key
  }

  override unregister(fileobj: File | number): SelectorKey<Data, File> {
    this.#checkOpen()
    const key = this.#find(fileobj)
    // Its answer says what became of the descriptor meanwhile, which is no business of the caller's.
    this.#poller.remove(key.fd)
    this.#keys.delete(key.fd)
    return key
  }

  override modify(fileobj: File | number, events: number, ...[data]: DataArgument<Data>): SelectorKey<Data, File> {
    this.#checkOpen()
    checkEvents(events)
    const old = this.#find(fileobj)
    if (events !== old.events) {
      const result = this.#poller.modify(old.fd, events)
      if (result < 0) {
        this.#poller.remove(old.fd)
        this.#keys.delete(old.fd)
        throw refused(result, this.#syscalls.control, old.fd)
      }
    } else if (Object.is(data, old.data)) {
      return old
    }
    const key = new SelectorKey(old.fileobj, old.fd, events, data as Data)
    this.#keys.replace(key)
    return key
  }

  override select(timeout?: number | null): Ready<Data, File>[] {
    this.#checkOpen()
    const ready = this.#ready
    const count = this.#poller.wait(secondsOf(timeout), ready)
    if (count < 0) throw this.#waitRefused(count)
    const batch = new Array<Ready<Data, File>>(count)
    let length = 0
    for (let i = 0; i < 2 * count; i += 2) {
      const key = this.#keys.get(ready[i] as number)
      if (key === undefined) continue
      const mask = (ready[i + 1] as number) & key.events
      if (mask !== 0) batch[length++] = [key, mask]
    }
    if (length !== count) batch.length = length
    return batch
  }

  override getKey(fileobj: File | number): SelectorKey<Data, File> {
    this.#checkOpen()
    return this.#find(fileobj)
  }

  override getMap(): SelectorMap<Data, File> {
    return this.#map
  }

  override close(): void {
    this.#closed = true
    this.#keys.clear()
    this.#poller.close()
  }

  /**
   * Answers the descriptor of the kernel's queue: what a backend that has one publishes as `fileno()`.
   *
   * @throws {SelectorClosedError} after `close()`
   */
  protected queueFileno(): number {
    this.#checkOpen()
    return check(this.#poller.fileno(), this.#syscalls.open)
  }

  #checkOpen(): void {
    if (this.#closed) throw new SelectorClosedError('The selector is closed')
  }

  /** Asks a file object, which may run the caller's code: even code that closes this selector. */
  #locate(fileobj: unknown): number {
    const fd = this.#keys.locate(fileobj)
    this.#checkOpen()
    return fd
  }

  #find(fileobj: unknown): SelectorKey<Data, File> {
    const fd = this.#locate(fileobj)
    const key = this.#keys.get(fd)
    if (key === undefined) throw notRegistered(fileobj, fd)
    return key
  }

  /** Makes the error of a refused wait, which names the descriptors that were closed while they were registered. */
  #waitRefused(errno: number): SystemError {
    const closed = errno === -constants.errno.EBADF ? [...this.#map.keys()].filter((fd) => !isOpen(fd)) : []
    const culprit = closed.length > 0 ? `fd ${closed.join(', ')} was closed: unregister it` : undefined
    return new SystemError(errno, this.#syscalls.wait, culprit)
  }
}

function checkEvents(events: number): void {
  if (typeof events !== 'number' || !Number.isInteger(events) || events <= 0 || events > ALL_EVENTS) {
    throw new ValueError(`Invalid events ${name(events)}: expected EVENT_READ, EVENT_WRITE or both`)
  }
}

/** Turns a timeout into the seconds that a poller takes: 0 does not wait, a negative number waits for ever. */
function secondsOf(timeout: number | null | undefined): number {
  if (timeout === undefined || timeout === null) return -1
  if (typeof timeout !== 'number' || Number.isNaN(timeout)) {
    throw new ValueError(`Invalid timeout ${name(timeout)}: expected seconds, or null to wait for ever`)
  }
  if (timeout > MAX_TIMEOUT) return -1
  return timeout > 0 ? timeout : 0
}

/** The one place where a poller's answer becomes an error. */
function check(result: number, syscall: string, culprit?: string): number {
  if (result < 0) throw new SystemError(result, syscall, culprit)
  return result
}

const remedies = new Map([
  [-constants.errno.EBADF, ' is not open'],
  [-constants.errno.EPERM, ' cannot be waited on here: is it a regular file? poll and select take those'],
])

/** Makes the error of a refused registration. */
function refused(errno: number, syscall: string, fd: number): ValueError | SystemError {
  if (errno === -constants.errno.ERANGE) {
    return new ValueError(`fd ${fd} is out of range for ${syscall}: it is FD_SETSIZE or above; use another backend`)
  }
  return new SystemError(errno, syscall, `fd ${fd}${remedies.get(errno) ?? ''}`)
}

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd)
    return true
  } catch {
    return false
  }
}
