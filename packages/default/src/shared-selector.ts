import { constants } from 'node:os'
import { Countdown, type FileObject, filenoOf, onAbort, type Ready, SystemError } from '@selectors/core'
import { DefaultSelector } from './default-selector.js'
import { SingleWait } from './single-wait.js'

type Waits = Set<SingleWait>

/**
 * One selector for all waits that end with one report. It is waited for only while there are any, so that it does not keep the process
 * alive otherwise.
 */
export class SharedSelector {
  readonly #selector = new DefaultSelector<Waits>()
  readonly #keys = this.#selector.getMap()
  /** Waits whose time is over. They are settled after one last look, which they share. */
  #due: SingleWait[] = []
  #running = false
  /** Ends the wait for the selector when no wait is left. */
  #interruption = new AbortController()

  /**
   * Resolves to those of the events of a file object that are ready, to 0 when none is after so many seconds.
   *
   * @param seconds as a poller takes them: 0 does not wait, a negative number waits forever
   */
  async wait(fileobj: FileObject, events: number, seconds: number, signal: AbortSignal | undefined): Promise<number> {
    signal?.throwIfAborted()
    const wait = new SingleWait(fileobj, events)
    this.#enter(wait)
    const countdown = seconds > 0 ? new Countdown(seconds, () => this.#expire(wait), true) : undefined
    const forget = signal && onAbort(signal, () => this.#leave(wait)?.reject(signal.reason))
    if (seconds === 0) this.#expire(wait)
    else if (!this.#running) void this.#run()
    try {
      return await wait.settled
    } finally {
      countdown?.cancel()
      forget?.()
    }
  }

  /** Rejects all who wait for a file object, which is about to be closed. */
  dismiss(fileobj: FileObject): void {
    const fd = filenoOf(fileobj)
    const waits = this.#keys.get(fd)?.data
    if (waits !== undefined) this.#rejectAll(waits, [...waits], closing(fd))
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#keys.size > 0) {
      this.#interruption = new AbortController()
      const { signal } = this.#interruption
      try {
        this.#deliver(await this.#selector.selectAsync({ signal }))
      } catch (error) {
        if (!signal.aborted) this.#refuse(error)
      }
    }
    this.#running = false
  }

  #expire(wait: SingleWait): void {
    if (this.#due.push(wait) === 1) new Countdown(0, this.#look, true)
  }

  readonly #look = (): void => {
    const due = this.#due
    this.#due = []
    try {
      this.#deliver(this.#selector.select(0))
    } catch (error) {
      this.#refuse(error)
    }
    for (const wait of due) this.#leave(wait)?.resolve(0)
  }

  #deliver(batch: readonly Ready<Waits>[]): void {
    for (const [{ data: waits }, mask] of batch) {
      const ready = [...waits].filter(({ events }) => events & mask)
      this.#take(waits, ready)
      for (const wait of ready) {
        if (wait.isCurrent) wait.resolve(wait.events & mask)
        else wait.reject(closedMeanwhile(wait))
      }
    }
  }

  /** The selector cannot be waited for. If descriptors were closed in the meantime, only their waits are rejected. */
  #refuse(error: unknown): void {
    const all = [...this.#keys.values()].map(({ data }) => data)
    const closed = all.map((waits) => [waits, [...waits].filter((wait) => !wait.isCurrent)] as const)
    if (closed.some(([, strangers]) => strangers.length > 0)) {
      for (const [waits, strangers] of closed) this.#rejectAll(waits, strangers)
    } else {
      for (const waits of all) this.#rejectAll(waits, [...waits], error)
    }
  }

  #rejectAll(waits: Waits, rejected: readonly SingleWait[], reason?: unknown): void {
    this.#take(waits, rejected)
    for (const wait of rejected) wait.reject(reason ?? closedMeanwhile(wait))
  }

  /** Registers what is waited for, along with what others wait for. */
  #enter(wait: SingleWait): void {
    const { fd, events } = wait
    const waits = this.#keys.get(fd)?.data ?? new Set()
    this.#dismissStrangers(waits)
    try {
      // Registered again, because the number may have been reused since, of which modify() would not hear.
      if (this.#keys.has(fd)) this.#selector.unregister(fd)
      this.#selector.register(fd, eventsOf(waits) | events, waits)
    } catch (error) {
      // Perhaps only the new event is refused, which does not concern the waits for the other.
      this.#keep(fd, waits)
      throw error
    }
    waits.add(wait)
  }

  /** Takes a wait out. Returns it, unless it is over already. */
  #leave(wait: SingleWait): SingleWait | undefined {
    const waits = this.#keys.get(wait.fd)?.data
    if (!waits?.has(wait)) return undefined
    this.#take(waits, [wait])
    return wait
  }

  /** Takes waits of one descriptor out. */
  #take(waits: Waits, taken: readonly SingleWait[]): void {
    for (const wait of taken) waits.delete(wait)
    const [first] = taken
    if (first !== undefined) this.#keep(first.fd, waits)
    if (this.#keys.size === 0) this.#interruption.abort()
  }

  /** Leaves a descriptor registered for what is still waited for, if anything is. */
  #keep(fd: number, waits: Waits): void {
    try {
      if (this.#keys.has(fd)) this.#selector.unregister(fd)
      this.#dismissStrangers(waits)
      if (waits.size > 0) this.#selector.register(fd, eventsOf(waits), waits)
    } catch (error) {
      this.#rejectAll(waits, [...waits], error)
    }
  }

  /** Rejects the waits whose file was closed: the number may belong to another file by now. */
  #dismissStrangers(waits: Waits): void {
    for (const wait of waits) {
      if (wait.isCurrent) continue
      waits.delete(wait)
      wait.reject(closedMeanwhile(wait))
    }
  }
}

function eventsOf(waits: Waits): number {
  let all = 0
  for (const { events } of waits) all |= events
  return all
}

function closing(fd: number): SystemError {
  return new SystemError(
    -constants.errno.EBADF,
    'notifyClosing',
    `fd ${fd} is about to be closed: nothing more to wait for`,
  )
}

function closedMeanwhile({ fd }: SingleWait): SystemError {
  const remedy = 'abort the wait, or call notifyClosing(), before closing what it waits for'
  return new SystemError(-constants.errno.EBADF, 'fstat', `fd ${fd} was closed while it was waited for: ${remedy}`)
}
