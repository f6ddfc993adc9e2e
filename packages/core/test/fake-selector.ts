import { PollerSelector, type Supports, supporting } from '@selectors/core'
import type { Subject } from '@selectors/core/conformance'
import { FakeKernel } from './fake-kernel'
import { fakePairs } from './fake-pairs'
import { FakePoller } from './fake-poller'

/** Selectors of the sorts that there are: what a closed descriptor and a hang-up do to them, and who waits on their queue. */
export const likeEpoll = supporting({
  fileno: true,
  pollable: true,
  regularFiles: false,
  unopened: false,
  closed: 'forgotten',
})
export const likeDevpoll: Supports = {
  ...likeEpoll,
  pollable: false,
  regularFiles: true,
  unopened: 'forgotten',
  closed: 'ready',
  resolution: 1e-3,
}
export const likePoll: Supports = { ...likeDevpoll, fileno: false, unopened: 'ready', resolution: 1e-9 }
export const likeSelect: Supports = {
  ...likePoll,
  aboveFdSetSize: false,
  unopened: 'refused',
  closed: 'refused',
  hangUp: false,
}

/** With the least that a poller has to bring. */
export const likeSimple: Supports = { ...likePoll, asynchronous: false, wakeup: false }

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
    create: () => new Selector(new Poller(kernel, supports)),
    pairs: fakePairs(kernel),
    supports,
    simulated: true,
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
