import { PollerSelector, type Supports } from '@selectors/core'
import type { Subject } from '@selectors/core/conformance'
import { FakeKernel } from './fake-kernel'
import { fakePairs } from './fake-pairs'
import { FakePoller } from './fake-poller'

/** Selectors of the three sorts that there are: what a closed descriptor and a hang-up do to them. */
export const likeEpoll: Supports = {
  fileno: true,
  regularFiles: false,
  aboveFdSetSize: true,
  unopened: false,
  closed: 'forgotten',
  hangUp: true,
  resolution: 1e-9,
}
export const likePoll: Supports = { ...likeEpoll, fileno: false, regularFiles: true, unopened: true, closed: 'ready' }
export const likeSelect: Supports = { ...likePoll, aboveFdSetSize: false, closed: 'refused', hangUp: false }

/** A correct selector over a fake poller. */
export class FakeSelector extends PollerSelector {
  declare fileno?: () => number

  constructor(poller: FakePoller) {
    super(poller, { open: 'fake_create', control: 'fake_ctl', wait: 'fake_wait' })
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
