import assert from 'node:assert/strict'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertReady, assertThrows, closedError } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'
import type { End } from '../subject.js'

export function close({ it, create, open, keep, supports }: Fixture): void {
  const ways: readonly [name: string, close: (selector: Selector) => void][] = [
    ['close()', (selector) => selector.close()],
    ['disposal', (selector) => selector[Symbol.dispose]()],
  ]

  for (const [name, closeIt] of ways) {
    it(`makes every method refuse, after ${name}`, () => {
      const selector = create()
      const [reader, writer] = open()
      selector.register(reader, EVENT_READ)
      closeIt(selector)
      for (const end of [reader, writer]) {
        assertThrows(() => selector.register(end, EVENT_READ), closedError)
        assertThrows(() => selector.unregister(end), closedError)
        assertThrows(() => selector.modify(end, EVENT_WRITE), closedError)
        assertThrows(() => selector.getKey(end), closedError)
      }
      for (const timeout of [0, 0.01, -1, null]) assertThrows(() => selector.select(timeout), closedError)
      if (supports.fileno) assertThrows(() => selector.fileno?.(), closedError)
    })

    it(`says so before it looks at an argument, after ${name}`, () => {
      const selector = create()
      closeIt(selector)
      const bad = { fileno: () => assert.fail('asked') }
      assertThrows(() => selector.register(bad, 0), closedError)
      assertThrows(() => selector.unregister(bad), closedError)
      assertThrows(() => selector.modify(bad, 0), closedError)
      assertThrows(() => selector.getKey(bad), closedError)
      assertThrows(() => selector.select(Number.NaN), closedError)
    })

    it(`may be done again, after ${name}`, () => {
      const selector = create()
      selector.register(open()[0], EVENT_READ)
      closeIt(selector)
      selector.close()
      selector[Symbol.dispose]()
      assertEqual(() => selector.getMap().size, 0)
    })
  }

  it('leaves the file objects open', () => {
    const selector = create()
    const ends = open()
    for (const end of ends) selector.register(end, EVENT_READ)
    selector.close()
    assertEqual(() => ends[1].write('data'), 4)
    const other = create()
    const key = other.register(ends[1], EVENT_WRITE)
    assertReady(other.select(0), [key, EVENT_WRITE])
  })

  it('does not touch numbers that belong to other files by then', () => {
    const selector = create()
    const [, writer] = open()
    const queue = selector.fileno?.()
    selector.close()
    const writers = Array.from({ length: 8 }, () => keep(writer.dup()))
    if (queue !== undefined)
      assert.ok(
        writers.some((end) => end.fileno() === queue),
        'the number was not given back',
      )
    selector.close()
    assertThrows(() => selector.unregister(writer), closedError)
    for (const end of writers) assertEqual(() => end.write('x'), 1)
  })

  it('works in every order with the file objects', () => {
    for (const order of permutations(['selector', 'reader', 'writer'])) {
      const selector = create()
      const [reader, writer] = open()
      selector.register(reader, EVENT_READ)
      selector.register(writer, EVENT_WRITE)
      const things: Record<string, Selector | End> = { selector, reader, writer }
      for (const name of order) things[name]?.close()
      assertEqual(() => selector.getMap().size, 0)
      assertThrows(() => selector.select(0), closedError)
    }
  })
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))
}
