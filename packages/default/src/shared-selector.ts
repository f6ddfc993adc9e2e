import { fstatSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import type { FileObject, SelectorKey } from '@selectors/core'
import { DefaultSelector } from './default-selector.js'
import { SingleWait } from './single-wait.js'

type Waits = Set<SingleWait>

/**
 * One selector for all who wait for a single event. It is waited for only while somebody does, so that it keeps no process
 * alive otherwise.
 */
export class SharedSelector {
  readonly #selector = new DefaultSelector<Waits>()
  readonly #keys = this.#selector.getMap()
  /** Those that have an end. */
  readonly #timed = new Set<SingleWait>()
  #running = false
  /** When the wait for the selector is to end, in the milliseconds of `performance.now()`, */
  #end = 0
  /** and what ends it before. */
  #interruption = new AbortController()

  /**
   * Resolves to true when an event of a file object is ready, to false when it is not at the end.
   *
   * @param end in the milliseconds of `performance.now()`; Infinity is never
   */
  async wait(fileobj: FileObject, event: number, end: number, signal: AbortSignal | undefined): Promise<boolean> {
    signal?.throwIfAborted()
    const { fd, data: waits } = this.#register(fileobj, event)
    const wait = new SingleWait(fd, event, end)
    const abort = () => {
      if (!waits.has(wait)) return
      this.#take(waits, [wait])
      wait.reject(signal?.reason)
    }
    waits.add(wait)
    if (end < Number.POSITIVE_INFINITY) this.#timed.add(wait)
    signal?.addEventListener('abort', abort)
    if (!this.#running) void this.#run()
    else if (end < this.#end) this.#interruption.abort()
    return wait.settled.finally(() => signal?.removeEventListener('abort', abort))
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#keys.size > 0) {
      this.#interruption = new AbortController()
      const { signal } = this.#interruption
      this.#end = this.#nextEnd()
      const timeout = (this.#end - performance.now()) / 1000
      try {
        for (const [{ data: waits }, mask] of await this.#selector.selectAsync({ timeout, signal })) {
          const ready = [...waits].filter(({ event }) => event & mask)
          this.#take(waits, ready)
          for (const wait of ready) wait.resolve(true)
        }
      } catch (error) {
        if (!signal.aborted) this.#refuse(error)
      }
      this.#expire()
    }
    this.#running = false
  }

  #nextEnd(): number {
    let next = Number.POSITIVE_INFINITY
    for (const { end } of this.#timed) next = Math.min(next, end)
    return next
  }

  #expire(): void {
    const now = performance.now()
    for (const wait of this.#timed) {
      if (wait.end > now) continue
      this.#take(this.#selector.getKey(wait.fd).data, [wait])
      wait.resolve(false)
    }
  }

  /** The selector cannot be waited for: where descriptors were closed meanwhile, it is the fault of those only. */
  #refuse(error: unknown): void {
    const keys = [...this.#keys.values()]
    const closed = keys.filter(({ fd }) => !isOpen(fd))
    for (const { data: waits } of closed.length > 0 ? closed : keys) this.#rejectAll(waits, error)
  }

  #rejectAll(waits: Waits, error: unknown): void {
    const rejected = [...waits]
    this.#take(waits, rejected)
    for (const wait of rejected) wait.reject(error)
  }

  /** Registers an event of a file object, along with what is waited for already. */
  #register(fileobj: FileObject, event: number): SelectorKey<Waits> {
    const known = this.#keys.get(fileobj)
    if (known === undefined) return this.#selector.register(fileobj, event, new Set())
    const { fd, data: waits } = known
    try {
      // Anew: its number may have been reused since, of which modify() would not hear where the events stay the same.
      this.#selector.unregister(fd)
      return this.#selector.register(fd, eventsOf(waits) | event, waits)
    } catch (error) {
      // It may be the new event that is refused, which those who wait for the other do not mind.
      this.#keep(fd, waits)
      throw error
    }
  }

  /** Takes waits of one descriptor out. */
  #take(waits: Waits, taken: readonly SingleWait[]): void {
    for (const wait of taken) {
      waits.delete(wait)
      this.#timed.delete(wait)
    }
    const [first] = taken
    if (first !== undefined) this.#keep(first.fd, waits)
    if (this.#keys.size === 0) this.#interruption.abort()
  }

  /** Leaves a descriptor registered for what is still waited for, if anything is. */
  #keep(fd: number, waits: Waits): void {
    try {
      if (this.#keys.has(fd)) this.#selector.unregister(fd)
      if (waits.size > 0) this.#selector.register(fd, eventsOf(waits), waits)
    } catch (error) {
      this.#rejectAll(waits, error)
    }
  }
}

function eventsOf(waits: Waits): number {
  let events = 0
  for (const { event } of waits) events |= event
  return events
}

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd)
    return true
  } catch {
    return false
  }
}
