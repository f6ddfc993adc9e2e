import assert from 'node:assert/strict'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'
import type { End } from '../subject.js'

/** Changes of the map while it is iterated: what a Map does. */
export function iteration({ it, create, open }: Fixture): void {
  it('does not visit what is unregistered before its turn', () => {
    const { selector, ends } = some(4)
    const visited: number[] = []
    for (const fd of selector.getMap().keys()) {
      visited.push(fd)
      for (const end of ends) if (end.fileno() !== fd && selector.getMap().has(end)) selector.unregister(end)
    }
    assertEqual(() => visited.length, 1)
  })

  it('goes on when what is visited is unregistered', () => {
    const { selector, ends } = some(4)
    const visited: number[] = []
    for (const { fd } of selector.getMap().values()) {
      selector.unregister(fd)
      visited.push(fd)
    }
    assertSameFds(visited, ends)
    assertEqual(() => selector.getMap().size, 0)
  })

  it('visits what is registered during the iteration, whatever its number', () => {
    const { selector, ends } = some(4)
    // One with a lower and one with a higher number than those that stay.
    const outer = ends.filter((_, i) => i === 0 || i === ends.length - 1)
    for (const end of outer) selector.unregister(end)
    const visited: number[] = []
    for (const [fd] of selector.getMap()) {
      if (visited.push(fd) === 1) for (const end of outer) selector.register(end, EVENT_READ)
    }
    assertSameFds(visited, ends)
  })

  it('visits again what is unregistered and registered again', () => {
    const { selector, ends } = some(3)
    const visited: number[] = []
    selector.getMap().forEach((_key, fd) => {
      if (visited.push(fd) > 1) return
      selector.unregister(fd)
      selector.register(fd, EVENT_READ)
    })
    assertSameFds(visited, [...ends, ...ends.filter((end) => end.fileno() === visited[0])])
  })

  it('visits what is modified once, with the key of that moment', () => {
    const { selector, ends } = some(3)
    const data: unknown[] = []
    for (const [, key] of selector.getMap()) {
      data.push(key.data)
      for (const end of ends) selector.modify(end, EVENT_WRITE, data.length)
    }
    assert.deepEqual(data, [undefined, 1, 2])
  })

  it('stays at its end, once it was there', () => {
    const { selector, ends } = some(2)
    const values = selector.getMap().values()
    assertEqual(() => [...values].length, 2)
    for (const end of ends) {
      selector.unregister(end)
      selector.register(end, EVENT_READ)
    }
    assertEqual(() => values.next().done, true)
  })

  it('has iterators that go their own ways', () => {
    const { selector } = some(3)
    const map = selector.getMap()
    const pairs: string[] = []
    for (const a of map.keys()) for (const b of map.keys()) pairs.push(`${a},${b}`)
    assertEqual(() => new Set(pairs).size, 9)
  })

  /** In ascending order of their numbers. */
  function some(count: number): { selector: Selector; ends: End[] } {
    const selector = create()
    const ends = Array.from({ length: count }, () => open()[0]).sort((a, b) => a.fileno() - b.fileno())
    for (const end of ends) selector.register(end, EVENT_READ)
    return { selector, ends }
  }
}

function assertSameFds(fds: number[], ends: readonly End[]): void {
  assert.deepEqual([...fds].sort(), ends.map((end) => end.fileno()).sort())
}
