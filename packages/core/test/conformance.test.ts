import { conformance } from '@selectors/core/conformance'
import { fakeSubject, likeDevpoll, likeEpoll, likePoll, likeSelect } from './fake-selector'

for (const [name, supports] of Object.entries({ likeEpoll, likeDevpoll, likePoll, likeSelect })) {
  conformance({ ...fakeSubject(supports), name }, { describe, it, beforeEach, afterEach })
}
