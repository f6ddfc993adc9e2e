import assert from 'node:assert/strict'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { timed } from '../clock.js'
import { assertEqual, assertIdle, assertReady, assertWaits, SOON } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'

/** As short as a scheduler's tick, and not a whole number in any unit that a system counts in. */
const fractions = [1e-9, 0.000_05, 0.000_999_999_5, 0.001_000_1, 0.0101, 0.050_3]

export function timeouts(fixture: Fixture): void {
  const { it, create, open, supports } = fixture

  it('does not wait when it is 0 or less', () => {
    for (const selector of [create(), watching()]) {
      for (const timeout of [0, -0, -1e-9, -1, -1e10, Number.NEGATIVE_INFINITY]) {
        const [batch, seconds] = timed(() => selector.select(timeout))
        assert.deepEqual(batch, [])
        assert.ok(seconds < SOON)
      }
    }
  })

  it('does not wait when something is ready', () => {
    const selector = create()
    const key = selector.register(open()[1], EVENT_WRITE)
    for (const timeout of [undefined, null, 60, Number.POSITIVE_INFINITY, 1e10]) {
      const [batch, seconds] = timed(() => selector.select(timeout))
      assertReady(batch, [key, EVENT_WRITE])
      assert.ok(seconds < SOON)
    }
  })

  it('says whether the last wait timed out', () => {
    const selector = watching()
    assertEqual(() => selector.timedOut, false)
    for (const timeout of [0, 0.001, -1]) {
      assertReady(selector.select(timeout))
      assertEqual(() => selector.timedOut, true)
      const [, writer] = open()
      selector.register(writer, EVENT_WRITE)
      assertEqual(() => selector.select(timeout).length, 1)
      assertEqual(() => selector.timedOut, false)
      selector.unregister(writer)
    }
  })

  it('never ends early when nothing is ready', () => {
    const selector = watching()
    for (const timeout of fractions) assertWaits(selector, timeout)
  })

  it('never ends early when nothing is registered', () => {
    const empty = create()
    for (const timeout of fractions) assertWaits(empty, timeout)
    const emptied = create()
    const [, writer] = open()
    emptied.register(writer, EVENT_WRITE)
    emptied.unregister(writer)
    for (const timeout of fractions) assertWaits(emptied, timeout)
  })

  it('never ends early in many short waits', () => {
    const selector = watching()
    for (let i = 1; i <= 100; i++) assertWaits(selector, i * 3.7e-6)
  })

  it('keeps to a timeout that takes several system calls', () => {
    assertWaits(watching(), 0.1234)
  })

  it('is late by a little only', () => {
    const selector = watching()
    let best = Number.POSITIVE_INFINITY
    for (let tries = 0; tries < 25 && best >= 0.15; tries++) best = Math.min(best, timed(() => selector.select(0.1))[1])
    assert.ok(best < 0.15, `at best ${best} s for a timeout of 0.1 s`)
  })

  it('take no processor time', async () => {
    const selector = watching()
    await assertIdle((seconds) => assertWaits(selector, seconds))
  })

  for (const timeout of [0.0002, 0.0203]) {
    it(`rounds a timeout of ${timeout} s up to no more than the resolution says`, () => {
      const selector = watching()
      // What is added is for waking up.
      const longest = timeout + 2 * supports.resolution + 0.0007
      let best = Number.POSITIVE_INFINITY
      for (let tries = 0; tries < 50 && best >= longest; tries++) {
        best = Math.min(best, timed(() => selector.select(timeout))[1])
      }
      assert.ok(best < longest, `at best ${best} s, longer than supports.resolution = ${supports.resolution} allows`)
    })
  }

  /** A selector with something registered that is not ready. */
  function watching(): Selector {
    const selector = create()
    selector.register(open()[0], EVENT_READ)
    return selector
  }
}
