import assert from 'node:assert/strict'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { taskFor } from '../child.js'
import { assertEnds, assertEqual, assertSays } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { isLeak, type Leak } from '../leak.js'

/** So many that they have more descriptors than a selector at any time: what it leaves open may have a higher number than what it closes. */
const PAIRS = 8

/** What is left behind after closing: nothing. */
export function leaks({ it, create, open, pair, subject, startScript }: Fixture): void {
  it('of descriptors: 1000 selectors give back all that they took', () => {
    const [reader, writer] = open()
    const taken = growth(() => {
      for (let round = 0; round < 1000; round++) {
        const selector = subject.create()
        selector.register(reader, EVENT_READ)
        selector.register(writer, EVENT_WRITE)
        selector.select(0)
        if (round % 2 === 0) selector.unregister(reader)
        selector.close()
      }
    })
    assert.equal(taken, 0)
  })

  it('of descriptors: register, modify and unregister take none', () => {
    const selector = create()
    const [reader, writer] = open()
    const taken = growth(() => {
      for (let round = 0; round < 1000; round++) {
        selector.register(reader, EVENT_READ)
        selector.register(writer, EVENT_READ)
        selector.modify(writer, EVENT_WRITE)
        selector.select(0)
        selector.unregister(reader)
        selector.unregister(writer)
      }
    })
    assert.equal(taken, 0)
  })

  it('of keys: a selector holds what is registered, and nothing else', () => {
    const selector = create()
    const ends = Array.from({ length: 20 }, () => open()[1])
    for (let round = 0; round < 100; round++) {
      for (const end of ends) selector.register(end, EVENT_WRITE)
      assertEqual(() => selector.getMap().size, ends.length)
      for (const end of ends) selector.unregister(end)
      assertEqual(() => selector.getMap().size, 0)
    }
    assert.deepEqual([...selector.getMap()], [])
    assert.deepEqual(selector.select(0), [])
  })

  if (subject.module !== undefined) {
    it('of memory: rounds of open and close, register and unregister', async () => {
      const child = await startScript('leaks', task(), ['--expose-gc'])
      const grown = (await child.message()) as Record<string, Leak>
      for (const [what, leak] of Object.entries(grown)) {
        assert.ok(!isLeak(leak), `${what} leaves ${leak.heap} bytes in the heap, ${leak.resident} of memory`)
      }
      await assertEnds(child, 0)
    })

    it('of forgotten selectors: the collector closes them', async () => {
      const child = await startScript('forget', task(), ['--expose-gc'])
      await assertSays(child, { alive: 0, descriptors: 0 })
      await assertEnds(child, 0)
    })
  }

  function task() {
    return taskFor(
      subject,
      open().map((end) => end.fileno()),
    )
  }

  /** By how much the numbers of the next descriptors grow each time: what is opened once, or by another thread, is no leak. */
  function growth(work: () => void): number {
    let least = Number.POSITIVE_INFINITY
    for (let again = 0; again < 4 && least > 0; again++) {
      const before = highestOfNext()
      work()
      least = Math.min(least, highestOfNext() - before)
    }
    return Math.max(0, least)
  }

  /** The highest of the numbers that the next descriptors get. */
  function highestOfNext(): number {
    const ends = Array.from({ length: PAIRS }, () => pair.open()).flat()
    const highest = Math.max(...ends.map((end) => end.fileno()))
    for (const end of ends) end.close()
    return highest
  }
}
