import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  EXCLUSIVE,
  ONE_SHOT,
  PollerSelector,
  type Supports,
  supporting,
} from '@selectors/core'
import type { Subject } from '@selectors/core/conformance'
import { FakeKernel, FakeRegularFile } from './fake-kernel'
import { fakePairs } from './fake-pairs'
import { FakePoller } from './fake-poller'

/** Selectors of the sorts that there are: what a closed descriptor and a hang-up do to them, and who waits on their queue. */
export const likeEpoll = supporting({
  fileno: true,
  pollable: true,
  regularFiles: false,
  unopened: false,
  closed: 'forgotten',
  events: EVENT_READ | EVENT_WRITE | EVENT_PRIORITY | EVENT_HANGUP | EVENT_ERROR,
  modes: EDGE_TRIGGERED | ONE_SHOT | EXCLUSIVE,
})
export const likeDevpoll: Supports = {
  ...likeEpoll,
  pollable: false,
  regularFiles: true,
  unopened: 'forgotten',
  closed: 'ready',
  resolution: 1e-3,
  modes: ONE_SHOT,
}
export const likePoll: Supports = { ...likeDevpoll, fileno: false, unopened: 'ready', resolution: 1e-9 }
export const likeSelect: Supports = {
  ...likePoll,
  aboveFdSetSize: false,
  unopened: 'refused',
  closed: 'refused',
  hangUp: false,
  events: EVENT_READ | EVENT_WRITE | EVENT_PRIORITY,
}

/** With the least that a poller has to bring. */
export const likeSimple: Supports = {
  ...likePoll,
  asynchronous: false,
  wakeup: false,
  events: EVENT_READ | EVENT_WRITE,
  modes: 0,
}

/** A correct selector over a fake poller. */
export class FakeSelector extends PollerSelector {
  declare fileno?: () => number

  constructor(poller: FakePoller) {
    super(poller, {
      syscalls: { open: 'fake_create', control: 'fake_ctl', wait: 'fake_wait' },
      supports: poller.supports,
    })
    if (poller.fileno() >= 0) this.fileno = () => this.queueFileno()
  }
}

/** Makes the suite's subject of a selector and a poller class, in a kernel of its own. */
export function fakeSubject(supports: Supports, Selector = FakeSelector, Poller = FakePoller): Subject {
  const kernel = new FakeKernel()
  return {
    name: Selector.name,
    create: ({ anyDescriptor } = {}) => new Selector(new Poller(kernel, supports, anyDescriptor)),
    pairs: fakePairs(kernel),
    supports,
    simulated: true,
    openRegularFile() {
      const fd = kernel.open(new FakeRegularFile())
      return { fileno: () => fd, close: () => kernel.close(fd) }
    },
    async storm() {
      kernel.stormy = true
      return {
        async stop() {
          kernel.stormy = false
        },
      }
    },
  }
}
