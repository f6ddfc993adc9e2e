import { constants } from 'node:os'
import * as timers from 'node:timers'
import { EVENT_READ, EVENT_WRITE, type Ready, type WaitOptions } from '@selectors/core'
import { FakeChannel, now } from '../fake-kernel'
import { FakePoller } from '../fake-poller'
import { FakeSelector, likePoll, likeSelect } from '../fake-selector'
import type { Fault } from './fault'

const { setTimeout: setTimeoutOfNode } = timers

/** Makes a class that changes how it waits asynchronously. */
const withOptions = (change: (options: WaitOptions) => WaitOptions): typeof FakeSelector =>
  class extends FakeSelector {
    override selectAsync(options: WaitOptions = {}) {
      return super.selectAsync(change(options))
    }
  }

/** Makes a class whose iterations deliver what this makes of them. */
const withIteration = (
  change: (events: AsyncIterableIterator<Ready>, selector: FakeSelector) => AsyncGenerator<Ready, undefined>,
): typeof FakeSelector =>
  class extends FakeSelector {
    override events(options?: Pick<WaitOptions, 'signal'>) {
      return change(super.events(options), this)
    }
  }

/** Wrong in selectAsync(), in `for await` and in wakeup(). */
export const waiting: readonly Fault[] = [
  { fault: 'ignores the timeout', group: 'selectAsync()', selector: withOptions(({ signal }) => ({ signal })) },
  { fault: 'ignores the signal', group: 'selectAsync()', selector: withOptions(({ timeout }) => ({ timeout })) },
  { fault: 'takes a number for options', group: 'selectAsync()', selector: withOptions((options) => ({ ...options })) },
  {
    fault: 'is a little early',
    group: 'selectAsync()',
    selector: withOptions(({ timeout, ...options }) => ({ ...options, timeout: timeout && timeout * 0.9 })),
  },
  {
    fault: 'throws instead of rejecting',
    group: 'selectAsync()',
    selector: class extends FakeSelector {
      override selectAsync(options?: WaitOptions) {
        if (Number.isNaN(options?.timeout)) throw new TypeError('NaN')
        return super.selectAsync(options)
      }
    },
  },
  {
    fault: 'resolves in the same turn when something is ready',
    group: 'selectAsync()',
    selector: class extends FakeSelector {
      override async selectAsync(options?: WaitOptions) {
        const batch = this.select(0)
        return batch.length > 0 ? batch : super.selectAsync(options)
      }
    },
  },
  {
    fault: 'blocks the thread',
    group: 'selectAsync()',
    selector: class extends FakeSelector {
      override async selectAsync({ timeout }: WaitOptions = {}) {
        return this.select(timeout)
      }
    },
  },
  {
    fault: 'is edge-triggered',
    group: 'selectAsync()',
    selector: class extends FakeSelector {
      #reported = new Set<number>()
      override async selectAsync(options?: WaitOptions) {
        const batch = await super.selectAsync(options)
        const fresh = batch.filter(([{ fd }]) => !this.#reported.has(fd))
        for (const [{ fd }] of batch) this.#reported.add(fd)
        return fresh
      }
    },
  },
  {
    fault: 'does not see what is registered during the wait',
    group: 'selectAsync()',
    poller: class extends FakePoller {
      #late = new Map<number, number>()
      override arm(onReady: () => void) {
        const { add } = this
        this.add = (fd, events) => {
          this.#late.set(fd, events)
          return 0
        }
        return super.arm(() => {
          this.add = add
          for (const [fd, events] of this.#late) this.add(fd, events)
          onReady()
        })
      }
    },
  },
  {
    fault: 'lets a second wait replace the first',
    group: 'selectAsync()',
    selector: class extends FakeSelector {
      #abort = new AbortController()
      override selectAsync(options?: WaitOptions) {
        this.#abort.abort()
        this.#abort = new AbortController()
        const { signal } = this.#abort
        return super.selectAsync({ signal, ...options }).catch((error) => (signal.aborted ? [] : Promise.reject(error)))
      }
    },
  },
  {
    fault: 'leaves its wait behind when it is closed',
    group: 'selectAsync()',
    selector: class extends FakeSelector {
      override selectAsync(options?: WaitOptions) {
        return super.selectAsync(options).catch((error) => {
          if (error.code === 'ERR_SELECTOR_CLOSED') return []
          throw error
        })
      }
    },
  },
  {
    fault: 'keeps its listener',
    group: 'selectAsync()',
    selector: withOptions((options) => {
      options.signal?.addEventListener('abort', () => {})
      return options
    }),
  },
  {
    fault: 'adds a listener for each wait',
    group: 'selectAsync()',
    selector: class extends FakeSelector {
      override selectAsync(options: WaitOptions = {}) {
        const listener = () => {}
        options.signal?.addEventListener?.('abort', listener)
        const forget = () => options.signal?.removeEventListener?.('abort', listener)
        return super.selectAsync(options).finally(forget)
      }
    },
  },
  {
    fault: 'has timers that no test can replace',
    group: 'selectAsync()',
    selector: class extends FakeSelector {
      override async selectAsync(options: WaitOptions = {}) {
        const { timeout, signal } = options
        if (typeof timeout !== 'number' || !(timeout > 0) || timeout > 1e6) return super.selectAsync(options)
        const over = AbortSignal.timeout(timeout * 1000 + 1)
        // Keeps the process alive until then.
        const timer = setTimeoutOfNode(() => {}, timeout * 1000)
        try {
          return await super.selectAsync({ signal: signal === undefined ? over : AbortSignal.any([signal, over]) })
        } catch (error) {
          if (error === over.reason) return []
          throw error
        } finally {
          clearTimeout(timer)
        }
      }
    },
  },
  {
    fault: 'takes its turns from what a test may replace',
    group: 'selectAsync()',
    poller: class extends FakePoller {
      override arm(onReady: () => void) {
        setImmediate(() => super.arm(onReady))
        return 0
      }
    },
  },
  {
    fault: 'asks again and again',
    group: 'selectAsync()',
    poller: class extends FakePoller {
      override arm(onReady: () => void) {
        setImmediate(onReady)
        return 0
      }
    },
  },
  {
    fault: 'delivers what is not registered any longer',
    group: 'for await',
    selector: class extends FakeSelector {
      override async *events() {
        for (;;) yield* await this.selectAsync()
      }
    },
  },
  {
    fault: 'throws when the selector is closed',
    group: 'for await',
    selector: withIteration(async function* (events, selector) {
      for await (const ready of events) yield ready
      selector.select(0)
      return undefined
    }),
  },
  {
    fault: 'ends after the first batch',
    group: 'for await',
    selector: class extends FakeSelector {
      override async *events() {
        yield* await this.selectAsync()
      }
    },
  },
  {
    fault: 'ends when it is aborted, and does not say why',
    group: 'for await',
    selector: withIteration(async function* (events) {
      try {
        yield* events
      } catch {}
      return undefined
    }),
  },
  {
    fault: 'cannot be ended while it waits',
    group: 'for await',
    selector: class extends FakeSelector {
      override events(options?: Pick<WaitOptions, 'signal'>) {
        const events = super.events(options)
        return Object.assign(events, { return: async () => ({ done: true as const, value: undefined }) })
      }
    },
  },
  {
    fault: 'ends all iterations with one',
    group: 'for await',
    selector: class extends FakeSelector {
      readonly #ends: (() => unknown)[] = []
      override events(options?: Pick<WaitOptions, 'signal'>) {
        const events = super.events(options)
        const end = events.return?.bind(events)
        if (end !== undefined) this.#ends.push(end)
        const endAll = async () => {
          for (const each of this.#ends) await each()
          return { done: true as const, value: undefined }
        }
        return Object.assign(events, { return: endAll })
      }
    },
  },
  {
    fault: 'goes on with its batch after it was ended',
    group: 'for await',
    selector: class extends FakeSelector {
      override events(options?: Pick<WaitOptions, 'signal'>) {
        const events = super.events(options)
        const rest: Ready[] = []
        const { next, return: end } = events
        return Object.assign(events, {
          next: async () => {
            const value = rest.shift()
            return value === undefined ? next.call(events) : { done: false as const, value }
          },
          return: async () => {
            for (const [fd, key] of this.getMap())
              if (fd > 0 && key.events === EVENT_WRITE) rest.push([key, EVENT_WRITE])
            return (await end?.call(events)) ?? { done: true as const, value: undefined }
          },
        })
      }
    },
  },
  {
    fault: 'loses its wake when what was closed is unregistered',
    group: 'wake-up',
    poller: class extends FakePoller {
      override remove(fd: number) {
        if (this.kernel.file(fd) === undefined) this.wake = () => 0
        return super.remove(fd)
      }
    },
  },
  {
    fault: 'forgets a wakeup() that comes before the wait',
    group: 'wake-up',
    poller: class extends FakePoller {
      override wake() {
        return 0
      }
    },
  },
  {
    fault: 'counts the calls of wakeup()',
    group: 'wake-up',
    poller: class extends FakePoller {
      #count = 0
      override wake() {
        this.#count++
        return super.wake()
      }
      override wait(timeout: number, ready: Int32Array) {
        if (this.#count > 0 && this.#count-- > 0) this.woken = true
        return super.wait(timeout, ready)
      }
    },
  },
  {
    fault: 'hides what is ready when it is woken',
    group: 'wake-up',
    poller: class extends FakePoller {
      override wait(timeout: number, ready: Int32Array) {
        const { woken } = this
        const result = super.wait(timeout, ready)
        return woken ? Math.min(result, 0) : result
      }
    },
  },
  {
    fault: 'stays woken until nothing is ready',
    group: 'wake-up',
    poller: class extends FakePoller {
      override wait(timeout: number, ready: Int32Array) {
        const { woken } = this
        const result = super.wait(timeout, ready)
        this.woken = woken && result > 0
        return result
      }
    },
  },
  {
    fault: 'takes being woken for a timeout',
    group: 'wake-up',
    selector: class extends FakeSelector {
      #empty = false
      override get timedOut() {
        return this.#empty
      }
      override select(timeout?: number | null) {
        const batch = super.select(timeout)
        this.#empty = batch.length === 0
        return batch
      }
    },
  },
  {
    fault: 'says once and for all that it timed out',
    group: 'timeouts',
    selector: class extends FakeSelector {
      #once = false
      override get timedOut() {
        this.#once ||= super.timedOut
        return this.#once
      }
    },
  },
  {
    fault: 'does not say that it timed out',
    group: 'selectAsync()',
    selector: class extends FakeSelector {
      override get timedOut() {
        return false
      }
    },
  },
  {
    fault: 'takes a wake-up from the asynchronous wait by a look',
    group: 'wake-up',
    poller: class extends FakePoller {
      override wait(timeout: number, ready: Int32Array) {
        const result = super.wait(timeout, ready)
        this.owed = false
        return result
      }
    },
  },
  {
    fault: 'ends each blocking wait until the asynchronous one has ended',
    group: 'wake-up',
    poller: class extends FakePoller {
      override wait(timeout: number, ready: Int32Array) {
        this.woken ||= this.owed
        return super.wait(timeout, ready)
      }
    },
  },
  {
    fault: 'ends another wait by what has ended one, when the asynchronous one is aborted',
    group: 'wake-up',
    poller: class extends FakePoller {
      override disarm(goesOff?: boolean) {
        this.woken ||= this.owed && !goesOff
        return super.disarm(goesOff)
      }
    },
  },
  {
    fault: 'forgets a wake-up when the asynchronous wait is aborted',
    group: 'wake-up',
    poller: class extends FakePoller {
      override disarm(goesOff?: boolean) {
        if (this.isArmed && !goesOff) this.woken = false
        return super.disarm(goesOff)
      }
    },
  },
  {
    fault: 'says that a wait has timed out which a wake-up ends, once a look has taken that',
    group: 'wake-up',
    poller: class extends FakePoller {
      override disarm() {
        return super.disarm()
      }
    },
  },
  {
    fault: 'ends another wait by what has ended one, when the asynchronous one is refused',
    group: 'wake-up',
    supports: likeSelect,
    poller: class extends FakePoller {
      override wait(timeout: number, ready: Int32Array) {
        const { owed } = this
        const result = super.wait(timeout, ready)
        if (result < 0 && result !== -constants.errno.EINTR) this.woken ||= owed
        return result
      }
    },
  },
  {
    fault: 'takes a number that is not open while it waits asynchronously',
    group: 'wake-up',
    poller: class extends FakePoller {
      override add(fd: number, events: number) {
        const result = super.add(fd, events)
        if (result === 0 || !this.isArmed) return result
        this.watched.set(fd, { events, file: undefined })
        return 0
      }
    },
  },
  {
    fault: 'registers what wakes it',
    group: 'wake-up',
    selector: class extends FakeSelector {
      override wakeup() {
        const fd = 499
        if (!this.getMap().has(fd)) this.register(fd, EVENT_READ)
        super.wakeup()
      }
    },
  },
  {
    fault: 'takes the number of what was closed while it was registered',
    group: 'wake-up',
    supports: likePoll,
    poller: class extends FakePoller {
      override wake() {
        this.kernel.open(FakeChannel.pipe()[0])
        return super.wake()
      }
    },
  },
  {
    fault: 'wakes up a thousand times a second',
    group: 'idleness',
    poller: class extends FakePoller {
      override waitOnce(end: number, ready: Int32Array) {
        for (;;) {
          const result = super.waitOnce(Math.min(end, now() + 0.001), ready)
          if (result !== 0 || now() >= end) return result
        }
      }
    },
  },
  {
    fault: 'ends an iteration by wakeup()',
    group: 'wake-up',
    selector: class extends FakeSelector {
      override async *events() {
        for (let batch = await this.selectAsync(); batch.length > 0; batch = await this.selectAsync()) yield* batch
      }
    },
  },
]
