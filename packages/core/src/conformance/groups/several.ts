import assert from 'node:assert/strict'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertReady, SOON, selectAtLeast } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'
import { deliver, drain } from '../flow.js'

/** Many file objects in one selector, and one file object in many selectors. */
export function several(fixture: Fixture): void {
  const { it, create, open } = fixture

  it('carries a message through each of 12 pairs', () => {
    const selector = create()
    const received: string[] = []
    for (let i = 0; i < 12; i++) {
      const [reader, writer] = open()
      selector.register(reader, EVENT_READ, () => {
        received.push(drain(reader))
        selector.unregister(reader)
      })
      selector.register(writer, EVENT_WRITE, () => {
        writer.write(`message ${i}`)
        selector.unregister(writer)
      })
    }
    while (selector.getMap().size > 0) {
      const batch = selector.select(SOON)
      assert.notEqual(batch.length, 0, 'nothing is ready')
      for (const [{ data }] of batch) (data as () => void)()
    }
    assert.deepEqual(received.sort(), Array.from({ length: 12 }, (_, i) => `message ${i}`).sort())
    assertReady(selector.select(0))
  })

  it('tells exactly which ones are ready', () => {
    const selector = create()
    const watched = Array.from({ length: 12 }, () => {
      const ends = open()
      return { ends, key: selector.register(ends[0], EVENT_READ) }
    })
    for (const indices of [[], [3], [0, 11], [1, 2, 7, 8, 9]]) {
      const some = watched.filter((_, i) => indices.includes(i))
      for (const { ends } of some) deliver(fixture, ends, 'data')
      assertReady(selectAtLeast(selector, some.length), ...some.map(({ key }) => [key, EVENT_READ] as const))
      for (const { ends } of some) assertEqual(() => drain(ends[0]), 'data')
    }
  })

  it('reports one file object in every selector that it is registered with', () => {
    const ends = open()
    const [first, second, third] = [create(), create(), create()]
    const register = (selector: Selector) => selector.register(ends[0], EVENT_READ)
    const keys = [register(first), register(second), register(third)] as const
    deliver(fixture, ends, 'data')
    assertReady(first.select(0), [keys[0], EVENT_READ])
    assertReady(second.select(0), [keys[1], EVENT_READ])
    assertReady(third.select(0), [keys[2], EVENT_READ])
    first.unregister(ends[0])
    second.close()
    assertReady(first.select(0))
    assertReady(third.select(0), [keys[2], EVENT_READ])
    third.modify(ends[0], EVENT_WRITE)
    assertReady(first.select(0))
    const again = register(first)
    assertReady(first.select(0), [again, EVENT_READ])
  })

  it('keeps two selectors apart that watch different events of one file object', () => {
    const [, writer] = open()
    const [reads, writes] = [create(), create()]
    reads.register(writer, EVENT_READ)
    const key = writes.register(writer, EVENT_WRITE)
    assertReady(reads.select(0))
    assertReady(writes.select(0), [key, EVENT_WRITE])
    assertReady(reads.select(0))
  })
}
