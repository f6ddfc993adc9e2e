import type { Poller } from '@selectors/core'
import { conformance } from '@selectors/core/conformance'
import { FakePoller } from './fake-poller'
import { FakeSelector, fakeSubject, likeDevpoll, likeEpoll, likePoll, likeSelect, likeSimple } from './fake-selector'

const runner = { describe, it, beforeEach, afterEach }

for (const [name, supports] of Object.entries({ likeEpoll, likeDevpoll, likePoll, likeSelect })) {
  conformance({ ...fakeSubject(supports), name }, runner)
}

/** Has only what every poller must have. */
class SimplePoller extends FakePoller {}
Object.assign(SimplePoller.prototype, {
  wake: undefined,
  waker: undefined,
  arm: undefined,
  disarm: undefined,
} satisfies Partial<Record<keyof Poller, undefined>>)

conformance({ ...fakeSubject(likeSimple, FakeSelector, SimplePoller), name: 'likeSimple' }, runner)
