import { EVENT_READ, type FileObject, type Ready } from '@selectors/core'
import { FakePoller } from '../fake-poller'
import { FakeSelector, likeDevpoll, likeEpoll, likePoll, likeSelect } from '../fake-selector'
import type { Fault } from './fault'

/** Knows that it is closed. */
class Closable extends FakeSelector {
  protected closed = false

  override close() {
    this.closed = true
    super.close()
  }
}

/** Wrong in close(), and in what is done with descriptors. */
export const closing: readonly Fault[] = [
  {
    fault: 'selects after close()',
    group: 'close()',
    selector: class extends Closable {
      override select(timeout?: number | null): Ready[] {
        return this.closed ? [] : super.select(timeout)
      }
    },
  },
  {
    fault: 'says after close() that nothing is registered',
    group: 'close()',
    selector: class extends Closable {
      override unregister(fileobj: FileObject | number) {
        if (this.closed)
          throw Object.assign(new Error('not registered'), { name: 'KeyError', code: 'ERR_SELECTOR_KEY' })
        return super.unregister(fileobj)
      }
    },
  },
  {
    fault: 'throws when it is closed twice',
    group: 'close()',
    selector: class extends Closable {
      override close() {
        if (this.closed) this.select(0)
        super.close()
      }
    },
  },
  {
    fault: 'is not closed by disposal',
    group: 'close()',
    selector: class extends FakeSelector {
      override [Symbol.dispose]() {}
    },
  },
  {
    fault: 'closes its descriptor number again',
    group: 'close()',
    poller: class extends FakePoller {
      #number = -1
      override close() {
        if (this.queue >= 0) this.#number = this.queue
        else this.kernel.close(this.#number)
        return super.close()
      }
    },
  },
  {
    fault: 'leaks its descriptor',
    group: 'leaks',
    poller: class extends FakePoller {
      override close() {
        this.queue = -1
        return super.close()
      }
    },
  },
  {
    fault: 'leaks the last descriptor of several',
    group: 'leaks',
    poller: class extends FakePoller {
      override close() {
        const opened = Array.from({ length: 4 }, () => this.kernel.open(new FakePoller(this.kernel, this.supports)))
        for (const fd of opened.slice(0, -1)) this.kernel.close(fd)
        return super.close()
      }
    },
  },
  {
    fault: 'leaks a descriptor for each registration',
    group: 'leaks',
    poller: class extends FakePoller {
      override add(fd: number, events: number) {
        const result = super.add(fd, events)
        if (result === 0) this.kernel.open(new FakePoller(this.kernel, this.supports))
        return result
      }
    },
  },
  {
    fault: 'does not report hang-ups as every event',
    group: 'hang-ups',
    poller: class extends FakePoller {
      constructor(...[kernel, supports]: ConstructorParameters<typeof FakePoller>) {
        super(kernel, { ...supports, hangUp: false })
      }
    },
  },
  {
    fault: 'does not report the end of a stream',
    group: 'hang-ups',
    supports: likeSelect,
    poller: class extends FakePoller {
      protected override maskOf(...[fd, watched]: Parameters<FakePoller['maskOf']>) {
        const mask = super.maskOf(fd, watched)
        return mask > 0 && this.kernel.file(fd)?.hungUp() ? mask & ~EVENT_READ : mask
      }
    },
  },
  {
    fault: 'reports a closed descriptor that it says it forgets',
    group: 'descriptors',
    poller: class extends FakePoller {
      constructor(...[kernel, supports]: ConstructorParameters<typeof FakePoller>) {
        super(kernel, { ...supports, closed: 'ready' })
      }
    },
  },
  {
    fault: 'forgets a closed descriptor that it says it reports',
    group: 'descriptors',
    supports: likePoll,
    poller: class extends FakePoller {
      constructor(...[kernel, supports]: ConstructorParameters<typeof FakePoller>) {
        super(kernel, { ...supports, closed: 'forgotten' })
      }
    },
  },
  {
    fault: 'forgets a closed descriptor that it has found idle, which it says it reports',
    group: 'descriptors',
    supports: likePoll,
    poller: class extends FakePoller {
      readonly #idle = new Set<number>()
      protected override maskOf(...[fd, watched]: Parameters<FakePoller['maskOf']>) {
        const mask = super.maskOf(fd, watched)
        if (this.kernel.file(fd) === undefined) return this.#idle.has(fd) ? 0 : mask
        if (mask === 0) this.#idle.add(fd)
        return mask
      }
    },
  },
  {
    fault: 'takes a descriptor that is not open, which it says it refuses',
    group: 'register()',
    poller: class extends FakePoller {
      constructor(...[kernel, supports]: ConstructorParameters<typeof FakePoller>) {
        super(kernel, { ...supports, unopened: 'forgotten' })
      }
    },
  },
  {
    fault: 'reports a descriptor that was never open, which it says it forgets',
    group: 'descriptors',
    supports: likeDevpoll,
    poller: class extends FakePoller {
      constructor(...[kernel, supports]: ConstructorParameters<typeof FakePoller>) {
        super(kernel, { ...supports, unopened: 'ready' })
      }
    },
  },
  {
    fault: 'forgets a closed descriptor whose number was registered before it was open',
    group: 'descriptors',
    supports: likeDevpoll,
    poller: class extends FakePoller {
      readonly #unopened = new Set<number>()
      override add(fd: number, events: number) {
        if (this.kernel.file(fd) === undefined) this.#unopened.add(fd)
        return super.add(fd, events)
      }
      protected override maskOf(...[fd, watched]: Parameters<FakePoller['maskOf']>) {
        return this.kernel.file(fd) === undefined && this.#unopened.has(fd) ? 0 : super.maskOf(fd, watched)
      }
    },
  },
  {
    fault: 'goes on watching what is unregistered',
    group: 'timeouts',
    poller: class extends FakePoller {
      override remove() {
        return 0
      }
    },
  },
  {
    fault: 'ignores modify()',
    group: 'modify()',
    poller: class extends FakePoller {
      override modify() {
        return 0
      }
    },
  },
  {
    fault: 'has a fileno() that it says it has not',
    group: 'the queue',
    supports: likePoll,
    selector: class extends FakeSelector {
      override fileno = () => 3
    },
  },
  {
    fault: 'is never readable in another selector',
    group: 'the queue',
    poller: class extends FakePoller {
      override ready() {
        return 0
      }
    },
  },
  {
    fault: 'may be registered in one that it waits for',
    group: 'the queue',
    poller: class extends FakePoller {
      override waitsFor() {
        return false
      }
    },
  },
  {
    fault: 'can be waited on in another selector, which it says it cannot',
    group: 'the queue',
    supports: likeDevpoll,
    poller: class extends FakePoller {
      constructor(...[kernel, supports]: ConstructorParameters<typeof FakePoller>) {
        super(kernel, { ...supports, pollable: true })
      }
    },
  },
  {
    fault: 'keeps what was closed and unregistered open',
    group: 'letting go',
    poller: class extends FakePoller {
      override add(fd: number, events: number) {
        const file = this.kernel.file(fd)
        if (file !== undefined) this.kernel.open(file)
        return super.add(fd, events)
      }
    },
  },
  ...[likeEpoll, likePoll, likeSelect].map((supports) => ({
    fault: `keeps what is registered open, where what is closed is ${supports.closed}`,
    group: 'letting go',
    supports,
    poller: class extends FakePoller {
      readonly #kept = new Map<number, number>()
      override add(fd: number, events: number) {
        const file = this.kernel.file(fd)
        if (file !== undefined) this.#kept.set(fd, this.kernel.open(file))
        return super.add(fd, events)
      }
      override remove(fd: number) {
        this.kernel.close(this.#kept.get(fd) ?? -1)
        return super.remove(fd)
      }
    },
  })),
  {
    fault: 'keeps what an asynchronous wait is for open until that is over',
    group: 'letting go',
    poller: class extends FakePoller {
      readonly #kept: number[] = []
      override arm(onReady: () => void) {
        for (const { file } of this.watched.values()) if (file !== undefined) this.#kept.push(this.kernel.open(file))
        return super.arm(onReady)
      }
      override disarm(goesOff?: boolean) {
        for (const fd of this.#kept.splice(0)) this.kernel.close(fd)
        return super.disarm(goesOff)
      }
    },
  },
]
