import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  EXCLUSIVE,
  ONE_SHOT,
  type Ready,
  SelectorKey,
  type WaitOptions,
} from '@selectors/core'
import { now } from '../fake-kernel'
import { FakePoller, type Watched } from '../fake-poller'
import { FakeSelector, likePoll, likeSelect } from '../fake-selector'
import { withEvents } from './arguments'
import type { Args, Fault } from './fault'
import { withBatch } from './selecting'

const MODES = EDGE_TRIGGERED | ONE_SHOT | EXCLUSIVE
const only = (known: number) => withEvents((events) => (typeof events === 'number' ? events & known : events))

/** Makes a class that changes what is ready of a descriptor. */
const withMask = (change: (mask: number, watched: Watched) => number): typeof FakePoller =>
  class extends FakePoller {
    protected override maskOf(fd: number, watched: Watched) {
      return change(super.maskOf(fd, watched), watched)
    }
  }

/** Makes a class that watches with other modes, from a moment on. */
const without = (mode: number): typeof FakePoller =>
  class extends FakePoller {
    override add(fd: number, events: number) {
      return super.add(fd, events & ~mode)
    }
    override modify(fd: number, events: number) {
      return super.modify(fd, events & ~mode)
    }
  }

/** Does not tell the poller of a modify() to the same events. */
class Forgetful extends FakePoller {
  override modify(fd: number, events: number) {
    return this.watched.get(fd)?.events === events ? 0 : super.modify(fd, events)
  }
}

/** Takes what it finds while it watches for reported. */
class Hasty extends FakePoller {
  protected override found() {
    const found = super.found()
    for (const [, , watched] of found) this.told(watched)
    return found
  }
}

/**
 * Makes a class that hands back what an iteration has not delivered by `modify()`, but not what is exceptional.
 *
 * @param select what it makes of that in a blocking wait, if it is anything
 */
function leaving(
  select: (left: Ready[], timeout: number | null | undefined, wait: Wait) => Ready[] | undefined,
): typeof FakeSelector {
  return class extends FakeSelector {
    readonly #left: Ready[] = []
    override select(timeout?: number | null) {
      return select(this.#left, timeout, (longest) => super.select(longest)) ?? super.select(timeout)
    }
    override async *events(options?: Pick<WaitOptions, 'signal'>) {
      for (;;) {
        const batch = await this.selectAsync(options)
        try {
          while (batch.length > 0) yield batch.shift() as Ready
        } finally {
          for (const ready of batch) this.#handBack(ready)
        }
      }
    }
    #handBack(ready: Ready) {
      const [{ fd, events, data }, mask] = ready
      if (mask & EVENT_PRIORITY) this.#left.push(ready)
      else if (events & MODES && this.getMap().has(fd)) this.modify(fd, events, data)
    }
  }
}

type Wait = (timeout: number | null | undefined) => Ready[]

/** Wrong in events and modes that Python does not have, and in descriptors that cannot be waited on. */
export const eventful: readonly Fault[] = [
  {
    fault: 'ignores events that it does not have',
    group: 'events and modes',
    selector: only(EVENT_READ | EVENT_WRITE | ONE_SHOT),
    supports: likeSelect,
  },
  {
    fault: 'ignores modes that it does not have',
    group: 'events and modes',
    selector: only(EVENT_READ | EVENT_WRITE | EVENT_PRIORITY | EVENT_HANGUP | EVENT_ERROR | ONE_SHOT),
    supports: likePoll,
  },
  {
    fault: 'takes a mode for an event',
    group: 'events and modes',
    selector: withEvents((events) => (events === ONE_SHOT ? EVENT_READ | ONE_SHOT : events)),
  },
  {
    fault: 'takes EXCLUSIVE beside everything',
    group: 'events and modes',
    selector: withEvents((events) => (Number(events) & EXCLUSIVE ? Number(events) & ~EVENT_PRIORITY : events)),
  },
  {
    fault: 'hides the modes',
    group: 'events and modes',
    selector: class extends FakeSelector {
      override register(...args: Args<'register'>) {
        const { fileobj, fd, events, data } = super.register(...args)
        return new SelectorKey(fileobj, fd, events & ~MODES, data)
      }
    },
  },
  {
    fault: 'reports modes',
    group: 'events and modes',
    selector: withBatch((batch) => batch.map(([key, mask]) => [key, mask | (key.events & MODES)])),
  },
  {
    fault: 'takes data for urgent',
    group: 'priority',
    poller: withMask((mask, { file, events }) =>
      file && file.ready() & EVENT_READ ? mask | (events & EVENT_PRIORITY) : mask,
    ),
  },
  {
    fault: 'takes urgent data for reading',
    group: 'priority',
    poller: withMask((mask) => (mask & EVENT_PRIORITY ? (mask & ~EVENT_PRIORITY) | EVENT_READ : mask)),
  },
  {
    fault: 'reports urgent data once',
    group: 'priority',
    poller: class extends FakePoller {
      protected override told(watched: Watched) {
        if (watched.events & EVENT_PRIORITY) watched.spent = true
      }
    },
  },
  {
    fault: 'does not look for urgent data while it waits asynchronously',
    group: 'priority',
    poller: class extends FakePoller {
      #waits = false
      override wait(timeout: number, ready: Int32Array) {
        this.#waits = true
        const result = super.wait(timeout, ready)
        this.#waits = false
        return result
      }
      protected override maskOf(fd: number, watched: Watched) {
        return super.maskOf(fd, watched) & (this.#waits ? -1 : ~EVENT_PRIORITY)
      }
    },
  },
  {
    fault: 'reports a hang-up to who does not ask',
    group: 'events of a hang-up',
    poller: withMask((mask, { file }) => (file?.hungUp() ? mask | EVENT_HANGUP : mask)),
  },
  {
    fault: 'does not wait for a hang-up alone',
    group: 'events of a hang-up',
    poller: withMask((mask, { events }) => (events === EVENT_HANGUP ? 0 : mask)),
  },
  {
    fault: 'is woken by data when it waits for a hang-up',
    group: 'events of a hang-up',
    poller: withMask((mask, { file, events }) =>
      file && file.ready() & EVENT_READ ? mask | (events & EVENT_HANGUP) : mask,
    ),
  },
  {
    fault: 'reports the end of a stream when both sides have ended only',
    group: 'events of a hang-up',
    poller: withMask((mask, { file }) => (file?.hungUp() ? mask : mask & ~EVENT_HANGUP)),
  },
  {
    fault: 'reports a hang-up in the place of the data before it',
    group: 'events of a hang-up',
    poller: withMask((mask) => (mask & EVENT_HANGUP ? EVENT_HANGUP : mask)),
  },
  {
    fault: 'does not report an error as what it counts as',
    group: 'events of a hang-up',
    poller: withMask((mask) => (mask & EVENT_ERROR ? EVENT_ERROR : mask)),
  },
  {
    fault: 'does not report an error alone',
    group: 'events of a hang-up',
    poller: withMask((mask, { events }) => (events === EVENT_ERROR ? 0 : mask)),
  },
  { fault: 'ignores ONE_SHOT', group: 'one-shot', poller: without(ONE_SHOT) },
  {
    fault: 'shoots again when more happens',
    group: 'one-shot',
    poller: class extends FakePoller {
      protected override found() {
        for (const watched of this.watched.values()) watched.spent &&= watched.reported === watched.file?.edges
        return super.found()
      }
    },
  },
  { fault: 'is not armed again by the same events', group: 'one-shot', poller: Forgetful },
  {
    fault: 'makes a new key to arm a shot again',
    group: 'one-shot',
    selector: class extends FakeSelector {
      override modify(...[fileobj, events, data]: Args<'modify'>) {
        super.modify(fileobj, events, {})
        return super.modify(fileobj, events, data)
      }
    },
  },
  {
    fault: 'has a shot for each event',
    group: 'one-shot',
    poller: class extends FakePoller {
      readonly #shot = new Map<Watched, number>()
      protected override maskOf(fd: number, watched: Watched) {
        return super.maskOf(fd, watched) & ~(this.#shot.get(watched) ?? 0)
      }
      protected override told(watched: Watched) {
        if (watched.events & ONE_SHOT && watched.file) this.#shot.set(watched, watched.file.ready())
      }
    },
  },
  {
    fault: 'arms all shots again when something is unregistered',
    group: 'one-shot',
    poller: class extends FakePoller {
      override remove(fd: number) {
        for (const watched of this.watched.values()) watched.spent = false
        return super.remove(fd)
      }
    },
  },
  {
    fault: 'does not have ONE_SHOT taken away',
    group: 'one-shot',
    poller: class extends FakePoller {
      override modify(fd: number, events: number) {
        return super.modify(fd, events | ((this.watched.get(fd)?.events ?? 0) & ONE_SHOT))
      }
    },
  },
  { fault: 'loses the shot of a wait that is given up', group: 'one-shot', poller: Hasty },
  {
    fault: 'hides the shot of an asynchronous wait when it is woken',
    group: 'one-shot',
    poller: class extends FakePoller {
      protected override found() {
        const isHidden = ({ events }: Watched) => this.woken && this.isArmed && (events & ONE_SHOT) !== 0
        return super.found().filter(([, , watched]) => !isHidden(watched))
      }
    },
  },
  {
    fault: 'loses the shot of what is registered while it waits asynchronously',
    group: 'one-shot',
    poller: class extends FakePoller {
      override add(fd: number, events: number) {
        const result = super.add(fd, events)
        if (this.isArmed) for (const [, , watched] of this.found()) this.told(watched)
        return result
      }
    },
  },
  { fault: 'ignores EDGE_TRIGGERED', group: 'edge-triggered', poller: without(EDGE_TRIGGERED) },
  {
    fault: 'shoots once in the place of each edge',
    group: 'edge-triggered',
    poller: class extends FakePoller {
      protected override told(watched: Watched) {
        watched.spent = (watched.events & EDGE_TRIGGERED) !== 0
      }
    },
  },
  { fault: 'reports nothing afresh for the same events', group: 'edge-triggered', poller: Forgetful },
  { fault: 'loses the edge of a wait that is given up', group: 'edge-triggered', poller: Hasty },
  {
    fault: 'loses what an iteration has not delivered',
    group: 'leftovers',
    selector: class extends FakeSelector {
      override async *events(options?: Pick<WaitOptions, 'signal'>) {
        for (;;) yield* await this.selectAsync(options)
      }
    },
  },
  {
    fault: 'loses what is exceptional of that, which the system reports once',
    group: 'leftovers',
    selector: leaving(() => undefined),
  },
  {
    fault: 'waits for something else before it reports that',
    group: 'leftovers',
    selector: leaving((left, timeout, wait) => [...wait(timeout), ...left.splice(0)]),
  },
  {
    fault: 'reports that when it is registered no longer',
    group: 'leftovers',
    selector: leaving((left, timeout, wait) => [...wait(left.length ? 0 : timeout), ...left.splice(0)]),
  },
  {
    fault: 'reports what is left of something that was closed',
    group: 'leftovers',
    poller: class extends FakePoller {
      readonly #left: number[] = []
      override modify(fd: number, events: number) {
        const result = super.modify(fd, events)
        if (result < 0) this.#left.push(fd)
        return result
      }
      protected override found() {
        const isLeft = ([fd]: [number, Watched]) => this.#left.includes(fd)
        const left = [...this.watched].filter(isLeft)
        this.#left.length = 0
        return [...super.found(), ...left.map(([fd, watched]): [number, number, Watched] => [fd, EVENT_WRITE, watched])]
      }
    },
  },
  {
    fault: 'loses what is left of something without a reader',
    group: 'leftovers',
    poller: class extends FakePoller {
      override modify(fd: number, events: number) {
        return this.kernel.file(fd)?.hungUp() ? 0 : super.modify(fd, events)
      }
    },
  },
  {
    fault: 'forgets what is exclusive when it is modified',
    group: 'exclusive',
    poller: class extends FakePoller {
      override modify(fd: number, events: number) {
        const old = this.watched.get(fd)?.events ?? 0
        return (old | events) & EXCLUSIVE ? this.remove(fd) : super.modify(fd, events)
      }
    },
  },
  {
    fault: 'waits for what has the number of something exclusive that is modified',
    group: 'exclusive',
    poller: class extends FakePoller {
      override modify(fd: number, events: number) {
        const result = super.modify(fd, events)
        if (result < 0 && events & EXCLUSIVE) this.add(fd, events)
        return result
      }
    },
  },
  {
    fault: 'has no way to take any descriptor, which it says it has',
    group: 'any descriptor',
    poller: class extends FakePoller {
      constructor(...[kernel, supports]: ConstructorParameters<typeof FakePoller>) {
        super(kernel, supports, false)
      }
    },
  },
  {
    fault: 'calls what it cannot wait for ready for everything',
    group: 'any descriptor',
    poller: withMask((mask, { file }) => (file?.waitable === false ? EVENT_READ | EVENT_WRITE : mask)),
  },
  {
    fault: 'goes on reporting what was closed',
    group: 'any descriptor',
    poller: withMask((mask, { file, events }) => (file?.waitable === false ? file.ready() & events : mask)),
  },
  {
    fault: 'spins once there was something that is always ready',
    group: 'any descriptor',
    poller: class extends FakePoller {
      #beacon = false
      override wait(timeout: number, ready: Int32Array) {
        this.#beacon ||= [...this.watched.values()].some(({ file }) => file?.waitable === false)
        const end = now() + (timeout < 0 ? Number.POSITIVE_INFINITY : timeout)
        let count = super.wait(this.#beacon ? 0 : timeout, ready)
        while (count === 0 && this.#beacon && now() < end) count = super.wait(0, ready)
        return count
      }
    },
  },
]
