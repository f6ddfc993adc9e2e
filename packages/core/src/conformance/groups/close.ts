import assert from 'node:assert/strict'
import { EVENT_READ, EVENT_WRITE } from '../../contract/events.js'
import { assertReady, closedError } from '../expect.js'
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
        assert.throws(() => selector.register(end, EVENT_READ), closedError)
        assert.throws(() => selector.unregister(end), closedError)
        assert.throws(() => selector.modify(end, EVENT_WRITE), closedError)
        assert.throws(() => selector.getKey(end), closedError)
      }
      for (const timeout of [0, 0.01, -1, null]) assert.throws(() => selector.select(timeout), closedError)
      if (supports.fileno) assert.throws(() => selector.fileno?.(), closedError)
    })

    it(`says so before it looks at an argument, after ${name}`, () => {
      const selector = create()
      closeIt(selector)
      const bad = { fileno: () => assert.fail('asked') }
      assert.throws(() => selector.register(bad, 0), closedError)
      assert.throws(() => selector.unregister(bad), closedError)
      assert.throws(() => selector.modify(bad, 0), closedError)
      assert.throws(() => selector.getKey(bad), closedError)
      assert.throws(() => selector.select(Number.NaN), closedError)
    })

    it(`may be done again, after ${name}`, () => {
      const selector = create()
      selector.register(open()[0], EVENT_READ)
      closeIt(selector)
      selector.close()
      selector[Symbol.dispose]()
      assert.equal(selector.getMap().size, 0)
    })
  }

  it('leaves the file objects open', () => {
    const selector = create()
    const ends = open()
    for (const end of ends) selector.register(end, EVENT_READ)
    selector.close()
    assert.equal(ends[1].write('data'), 4)
    const other = create()
    const key = other.register(ends[1], EVENT_WRITE)
    assertReady(other.select(0), [key, EVENT_WRITE])
  })

  it('does not touch numbers that belong to somebody else by then', () => {
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
    assert.throws(() => selector.unregister(writer), closedError)
    for (const end of writers) assert.equal(end.write('x'), 1)
  })

  it('works in every order with the file objects', () => {
    for (const order of permutations(['selector', 'reader', 'writer'])) {
      const selector = create()
      const [reader, writer] = open()
      selector.register(reader, EVENT_READ)
      selector.register(writer, EVENT_WRITE)
      const things: Record<string, Selector | End> = { selector, reader, writer }
      for (const name of order) things[name]?.close()
      assert.equal(selector.getMap().size, 0)
      assert.throws(() => selector.select(0), closedError)
    }
  })
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))
}
