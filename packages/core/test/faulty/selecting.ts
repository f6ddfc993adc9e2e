import { constants } from 'node:os'
import { EVENT_READ, EVENT_WRITE, type Ready, SelectorKey } from '@selectors/core'
import { now } from '../fake-kernel'
import { FakePoller } from '../fake-poller'
import { FakeSelector, likeDevpoll } from '../fake-selector'
import type { Fault } from './fault'

/** Makes a class that changes each batch. */
export const withBatch = (change: (batch: Ready[], selector: FakeSelector) => Ready[]): typeof FakeSelector =>
  class extends FakeSelector {
    override select(timeout?: number | null) {
      return change(super.select(timeout), this)
    }
  }

/** Makes a class that changes timeouts of more than 0. */
export const withTimeout = (change: (timeout: number) => number): typeof FakePoller =>
  class extends FakePoller {
    override wait(timeout: number, ready: Int32Array) {
      return super.wait(timeout > 0 ? change(timeout) : timeout, ready)
    }
  }

/** Wrong in select(). */
export const selecting: readonly Fault[] = [
  {
    fault: 'makes a new key for each batch',
    group: 'key identity',
    selector: withBatch((batch) =>
      batch.map(([{ fileobj, fd, events, data }, mask]) => [new SelectorKey(fileobj, fd, events, data), mask]),
    ),
  },
  {
    fault: 'returns the same list each time',
    group: 'select()',
    selector: class extends FakeSelector {
      readonly #batch: Ready[] = []
      override select(timeout?: number | null) {
        this.#batch.length = 0
        this.#batch.push(...super.select(timeout))
        return this.#batch
      }
    },
  },
  {
    fault: 'lists what is not ready, with mask 0',
    group: 'select()',
    selector: withBatch((batch, selector) => {
      const ready = new Set(batch.map(([key]) => key))
      const others = [...selector.getMap().values()].filter((key) => !ready.has(key))
      return [...batch, ...others.map((key): Ready => [key, 0])]
    }),
  },
  {
    fault: 'is edge-triggered',
    group: 'select()',
    selector: class extends FakeSelector {
      #before = new Set<SelectorKey>()
      override select(timeout?: number | null) {
        const batch = super.select(timeout)
        const fresh = batch.filter(([key]) => !this.#before.has(key))
        this.#before = new Set(batch.map(([key]) => key))
        return fresh
      }
    },
  },
  {
    fault: 'has an entry for each event',
    group: 'readiness',
    selector: withBatch((batch) =>
      batch.flatMap(([key, mask]) =>
        [EVENT_READ, EVENT_WRITE].filter((event) => mask & event).map((event): Ready => [key, event]),
      ),
    ),
  },
  {
    fault: 'reports events that are not registered',
    group: 'readiness',
    selector: withBatch((batch) => batch.map(([key]) => [key, EVENT_READ | EVENT_WRITE])),
  },
  {
    fault: 'reports one event at a time',
    group: 'readiness',
    selector: withBatch((batch) => batch.map(([key, mask]) => [key, mask & EVENT_READ || EVENT_WRITE])),
  },
  {
    fault: 'reports one key at a time',
    group: 'several',
    selector: withBatch((batch) => batch.slice(0, 1)),
  },
  {
    fault: 'drops from a batch what is unregistered afterwards',
    group: 'select()',
    selector: class extends FakeSelector {
      #batch: Ready[] = []
      override select(timeout?: number | null) {
        this.#batch = super.select(timeout)
        return this.#batch
      }
      override unregister(fileobj: Parameters<FakeSelector['unregister']>[0]) {
        const key = super.unregister(fileobj)
        const index = this.#batch.findIndex(([ready]) => ready === key)
        if (index >= 0) this.#batch.splice(index, 1)
        return key
      }
    },
  },
  {
    fault: 'has room for 32 ready keys only',
    group: 'register()',
    poller: class extends FakePoller {
      override wait(timeout: number, ready: Int32Array) {
        return Math.min(32, super.wait(timeout, ready))
      }
    },
  },
  {
    fault: 'does not wait when the timeout is null',
    group: 'blocking',
    poller: class extends FakePoller {
      override wait(timeout: number, ready: Int32Array) {
        return super.wait(Math.max(0, timeout), ready)
      }
    },
  },
  {
    fault: 'does not wait for Infinity',
    group: 'blocking',
    selector: class extends FakeSelector {
      override select(timeout?: number | null) {
        return super.select(timeout === Number.POSITIVE_INFINITY ? 0 : timeout)
      }
    },
  },
  { fault: 'rounds timeouts down', group: 'timeouts', poller: withTimeout((t) => Math.floor(t * 1000) / 1000) },
  {
    fault: 'rounds timeouts up to milliseconds',
    group: 'timeouts',
    poller: withTimeout((t) => Math.ceil(t * 1000) / 1000),
  },
  {
    fault: 'counts in ticks, and says that it counts in milliseconds',
    group: 'timeouts',
    poller: withTimeout((t) => (t > 0 ? Math.ceil(t * 200 + 1) / 200 : t)),
    supports: likeDevpoll,
  },
  { fault: 'waits twice as long', group: 'timeouts', poller: withTimeout((t) => t * 2) },
  { fault: 'wakes a little early', group: 'timeouts', poller: withTimeout((t) => t * 0.99) },
  { fault: 'forgets to wait beyond a slice', group: 'timeouts', poller: withTimeout((t) => Math.min(t, 0.1)) },
  {
    fault: 'asks again and again',
    group: 'timeouts',
    poller: class extends FakePoller {
      override wait(timeout: number, ready: Int32Array) {
        const end = now() + timeout
        let count = super.wait(0, ready)
        while (count === 0 && now() < end) count = super.wait(0, ready)
        return count
      }
    },
  },
  {
    fault: 'does not wait when nothing is registered',
    group: 'timeouts',
    selector: class extends FakeSelector {
      override select(timeout?: number | null) {
        return this.getMap().size === 0 ? [] : super.select(timeout)
      }
    },
  },
  {
    fault: 'throws EINTR',
    group: 'signals',
    poller: class extends FakePoller {
      override wait(timeout: number, ready: Int32Array) {
        return this.waitOnce(now() + timeout, ready)
      }
    },
  },
  {
    fault: 'ends a wait that is interrupted',
    group: 'signals',
    poller: class extends FakePoller {
      override wait(timeout: number, ready: Int32Array) {
        const result = this.waitOnce(now() + timeout, ready)
        return result === -constants.errno.EINTR ? 0 : result
      }
    },
  },
  {
    fault: 'is in select() for ever where its script was ended',
    group: 'blocking',
    selector: class extends FakeSelector {
      #waits = false
      override select(timeout?: number | null) {
        if (this.#waits) throw new Error('busy')
        this.#waits = true
        try {
          return super.select(timeout)
        } finally {
          this.#waits = false
        }
      }
    },
  },
]
