import assert from 'node:assert/strict'
import type { Ready } from '../../contract/ready.js'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertMask, assertReady, SOON, selectUntil } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { deliver, fill } from '../flow.js'
import type { End } from '../subject.js'

const BOTH = EVENT_READ | EVENT_WRITE

/** What is ready of one end once the other one is closed. */
interface HangUp {
  readonly title: string
  prepare?(fixture: Fixture, ends: [End, End]): void
  /** Which end stays open. */
  readonly end: 0 | 1
  /** What the end that stays is ready for: on kinds whose ends do both, and on others. */
  readonly duplex: number
  readonly simplex: number
  /**
   * Where a hang-up does not count as every event: what the system may call ready besides, or not. FreeBSD and macOS let a
   * filter fire for the direction that a pipe's end does not have once its other end is gone.
   */
  readonly perhaps?: number
}

const hangUps: readonly HangUp[] = [
  { title: 'a reader whose writer is gone', end: 0, duplex: BOTH, simplex: EVENT_READ, perhaps: EVENT_WRITE },
  {
    title: 'a reader with data whose writer is gone',
    end: 0,
    prepare: (fixture, ends) => deliver(fixture, ends, 'x'),
    duplex: BOTH,
    simplex: EVENT_READ,
    perhaps: EVENT_WRITE,
  },
  { title: 'a writer whose reader is gone', end: 1, duplex: BOTH, simplex: EVENT_WRITE, perhaps: EVENT_READ },
  {
    title: 'a full writer whose reader is gone',
    end: 1,
    prepare: (_bench, ends) => fill(ends[1]),
    duplex: BOTH,
    simplex: EVENT_WRITE,
    perhaps: EVENT_READ,
  },
]

/** Hang-ups and errors: every event that is waited for, where `supports.hangUp` says so. */
export function hangUp(fixture: Fixture): void {
  const { it, create, open, pair, supports } = fixture
  for (const { title, prepare, end, duplex, simplex, perhaps = 0 } of hangUps) {
    it(`reports ${title}`, () => {
      const ends = open()
      prepare?.(fixture, ends)
      const watched = [EVENT_READ, EVENT_WRITE, BOTH].map((events) => {
        const selector = create()
        return { selector, key: selector.register(ends[end], events) }
      })
      ends[1 - end]?.close()
      const ready = supports.hangUp ? BOTH : pair.duplex ? duplex : simplex
      for (const { selector, key } of watched) {
        const certain = ready & key.events
        const mask = maskOf(selectUntil(selector, (batch) => (maskOf(batch) & certain) === certain))
        const uncertain = supports.hangUp ? 0 : perhaps & key.events & ~certain
        assertMask(mask & ~uncertain, certain, `what is ready, as supports.hangUp = ${supports.hangUp} says,`)
        assertMask(maskOf(selector.select(0)), mask, 'what lasts')
      }
    })
  }

  it('reports a hang-up to one that waits for nothing else, in time', () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, EVENT_READ)
    assertReady(selector.select(0))
    writer.close()
    assertReady(selector.select(SOON), [key, EVENT_READ])
    assertEqual(() => reader.read()?.length, 0)
    assertReady(selector.select(0), [key, EVENT_READ])
  })
}

function maskOf(batch: readonly Ready[]): number {
  assert.ok(batch.length <= 1, 'more than one entry for one key')
  return batch[0]?.[1] ?? 0
}
