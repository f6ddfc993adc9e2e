import { EpollSelector, EVENT_ERROR, EVENT_HANGUP, KeyError, type SelectorKey } from '@selectors/epoll'
import type { EpollCallback } from './callback.js'
import { EPOLLHUP, EPOLLRDHUP, toEvents, toMask } from './events.js'

/** Who added a descriptor, for which events of epoll's, and what to call. */
export interface Addition {
  readonly owner: object
  readonly events: number
  readonly callback: EpollCallback
}

type Key = SelectorKey<Addition, number>

/** One selector for all of a thread. It is waited for only while something is added, so that it keeps no process alive otherwise. */
export class SharedSelector {
  readonly #selector = new EpollSelector<Addition, number>()
  readonly #keys = this.#selector.getMap()
  /** Ends the loop; not set while nothing is added. */
  #end: AbortController | undefined

  add(fd: number, addition: Addition): void {
    const mask = toMask(addition.events)
    try {
      this.#forgetClosed(fd)
      if (this.#keys.has(fd)) throw new KeyError(`fd ${fd} was added already: use modify(), or remove() it first`)
      this.#selector.register(fd, mask, addition)
    } finally {
      this.#endWithLast()
    }
    if (this.#end !== undefined) return
    this.#end = new AbortController()
    void this.#run(this.#end.signal)
  }

  modify(fd: number, addition: Addition): void {
    const mask = toMask(addition.events)
    this.#check(fd, addition.owner)
    this.#change(fd, mask, addition)
  }

  remove(fd: number, owner: object): void {
    this.#check(fd, owner)
    this.#selector.unregister(fd)
    this.#endWithLast()
  }

  removeAll(owner: object): void {
    for (const { fd, data } of [...this.#keys.values()]) if (data.owner === owner) this.remove(fd, owner)
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        for (const [key, mask] of await this.#selector.selectAsync({ signal })) {
          this.#report(key, mask)
          // What the callback has thrown goes first, and may end the process.
          await undefined
        }
      }
    } catch (error) {
      if (!signal.aborted) this.#refuse(error as Error)
    }
  }

  /** Calls back, unless an earlier one of the same batch has changed what is waited for. */
  #report(key: Key, mask: number): void {
    if (this.#keys.get(key.fd) !== key) return
    const events = toEvents(mask) | (mask & EVENT_HANGUP ? hangUpOf(key) : 0)
    if (events !== 0) call(key.data, null, key.fd, events)
    else this.#ignoreHangUp(key)
  }

  /** The other side has stopped sending, and EPOLLRDHUP was not asked for: stops waiting for that. */
  #ignoreHangUp({ fd, events, data }: Key): void {
    try {
      this.#change(fd, events & ~EVENT_HANGUP, data)
    } catch {
      // An earlier callback has closed it.
    }
  }

  /** The selector cannot be waited for: all are told. The next that is added has it tried again. */
  #refuse(error: Error): void {
    this.#end = undefined
    for (const { fd, data } of [...this.#keys.values()]) call(data, error, fd, 0)
  }

  /** @throws {SystemError} when the system refuses; it may be no longer registered then */
  #change(fd: number, mask: number, addition: Addition): void {
    try {
      this.#selector.modify(fd, mask, addition)
    } finally {
      this.#endWithLast()
    }
  }

  #endWithLast(): void {
    if (this.#keys.size > 0) return
    this.#end?.abort()
    this.#end = undefined
  }

  /** A descriptor that was closed without `remove()` is one that the system has forgotten, and so refuses to change. */
  #forgetClosed(fd: number): void {
    const key = this.#keys.get(fd)
    if (key === undefined) return
    try {
      this.#selector.modify(fd, key.events ^ EVENT_ERROR, key.data)
      this.#selector.modify(fd, key.events, key.data)
    } catch {
      // Which has unregistered it.
    }
  }

  #check(fd: number, owner: object): void {
    if (this.#keys.get(fd)?.data.owner !== owner) throw new KeyError(`fd ${fd} was not added, or was removed`)
  }
}

let shared: SharedSelector | undefined
let probe: EpollSelector<undefined, number> | undefined

/**
 * Answers the one of this thread.
 *
 * @throws {BackendUnavailableError} on another system than Linux
 * @throws {SystemError} EMFILE or ENFILE when no descriptor is left
 */
export function sharedSelector(): SharedSelector {
  shared ??= new SharedSelector()
  return shared
}

/** What is thrown is an uncaught exception, as from the callback of a timer. */
function call({ callback }: Addition, error: Error | null, fd: number, events: number): void {
  try {
    callback(error, fd, events)
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown
    })
  }
}

/** Tells the kinds of hang-up apart, which are one event here: the other side's alone is reported to those who ask for it. */
function hangUpOf({ fd, data }: Key): number {
  return (data.events & EPOLLRDHUP) | (isHungUp(fd) ? EPOLLHUP : 0)
}

/** Whoever waits for errors only is told of a hang-up of both sides in their place, and not of the other side's alone. */
function isHungUp(fd: number): boolean {
  try {
    probe ??= new EpollSelector()
    probe.register(fd, EVENT_ERROR)
    const hungUp = probe.select(0).length > 0
    probe.unregister(fd)
    return hungUp
  } catch {
    // An earlier callback has closed it. What was found stands.
    return true
  }
}
