import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertReady, selectAtLeast } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { deliver, fill } from '../flow.js'
import type { End } from '../subject.js'

const BOTH = EVENT_READ | EVENT_WRITE

/** What an end is ready for, in each state that it can be in. */
interface State {
  readonly state: string
  prepare(fixture: Fixture, ends: [End, End]): void
  /** Which of the two ends is looked at. */
  readonly end: 0 | 1
  /** What it is ready for, on a kind whose ends do both and on one whose ends do not. */
  readonly duplex: number
  readonly simplex: number
}

/** What an end is for, where it is for one thing. */
const OF_AN_END = [EVENT_READ, EVENT_WRITE] as const

const states: readonly State[] = [
  { state: 'idle reader', end: 0, prepare() {}, duplex: EVENT_WRITE, simplex: 0 },
  {
    state: 'reader with data',
    end: 0,
    prepare: (fixture, ends) => deliver(fixture, ends, 'x'),
    duplex: BOTH,
    simplex: EVENT_READ,
  },
  { state: 'idle writer', end: 1, prepare() {}, duplex: EVENT_WRITE, simplex: EVENT_WRITE },
  { state: 'full writer', end: 1, prepare: (_bench, ends) => fill(ends[1]), duplex: 0, simplex: 0 },
]

/** The masks that select() reports: what a file object is ready for, of what it is registered for. */
export function readiness(fixture: Fixture): void {
  const { it, create, open, pair } = fixture
  for (const { state, prepare, end, duplex, simplex } of states) {
    it(`reports of a ${state} what it is ready for and registered for`, () => {
      const ends = open()
      prepare(fixture, ends)
      for (const events of [EVENT_READ, EVENT_WRITE, BOTH]) {
        const selector = create()
        const key = selector.register(ends[end], events)
        const mask = (pair.duplex ? duplex : simplex) & events
        if (pair.vague && events & ~OF_AN_END[end]) continue
        if (mask === 0) assertReady(selector.select(0))
        else assertReady(selectAtLeast(selector, 1), [key, mask])
        // The same holds for events that it was not registered for at first.
        selector.modify(ends[end], BOTH & ~events || EVENT_READ)
        const again = selector.modify(ends[end], events)
        if (mask === 0) assertReady(selector.select(0))
        else assertReady(selector.select(0), [again, mask])
      }
    })
  }
}
