import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import type { FileObject } from '../../contract/file-object.js'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertThrows } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'

export function getMap({ it, create, open }: Fixture): void {
  it('is shown with what is in it', () => {
    const selector = create()
    const key = selector.register(open()[0], EVENT_READ, 'mine')
    assert.match(inspect(selector.getMap()), new RegExp(`\\b${key.fd} => SelectorKey\\b`))
  })

  it('is one live view for the life of the selector', () => {
    const selector = create()
    const [reader, writer] = open()
    const map = selector.getMap()
    assertEqual(() => map.size, 0)
    selector.register(reader, EVENT_READ)
    assertEqual(() => map.size, 1)
    selector.register(writer, EVENT_WRITE)
    assertEqual(() => map.size, 2)
    const key = selector.modify(writer, EVENT_READ)
    assertEqual(() => map.get(writer), key)
    assertEqual(() => map.size, 2)
    selector.unregister(reader)
    assertEqual(() => map.size, 1)
    assertEqual(() => map.has(reader), false)
    assertEqual(() => selector.getMap(), map)
    selector.close()
    assertEqual(() => selector.getMap(), map)
  })

  it('iterates descriptors, keys and both, in one order', () => {
    const { selector, keys } = some(4)
    const map = selector.getMap()
    const entries = [...map]
    assert.deepEqual(entries.map(([fd]) => fd).sort(ascending), keys.map(({ fd }) => fd).sort(ascending))
    for (const [fd, key] of entries) assertEqual(() => selector.getKey(fd), key)
    const visited: typeof entries = []
    map.forEach((key, fd) => {
      visited.push([fd, key])
    })
    const zipped = [...map.keys()].map((fd, i) => [fd, [...map.values()][i]] as const)
    for (const same of [visited, [...map.entries()], zipped]) {
      assertEqual(() => same.length, entries.length)
      for (const [i, [fd, key]] of same.entries()) assert.ok(fd === entries[i]?.[0] && key === entries[i]?.[1])
    }
  })

  it('looks up by file object and by descriptor', () => {
    const selector = create()
    const [reader, writer] = open()
    const map = selector.getMap()
    const key = selector.register(reader, EVENT_READ)
    const fd = reader.fileno()
    for (const same of [reader, fd, { fileno: () => fd }, { fd }]) {
      assertEqual(() => map.get(same), key)
      assertEqual(() => map.has(same), true)
    }
    reader.close()
    assertEqual(() => map.get(reader), key)
    assertEqual(() => map.has(writer), false)
  })

  it('returns undefined and false for anything else, and does not throw', () => {
    const { selector } = some(1)
    const [reader] = open()
    const map = selector.getMap()
    const closed = { fileno: () => -1 }
    const nonsense = [undefined, null, true, '0', 0.5, Number.NaN, -1, 2 ** 31, 2 ** 53, 1n, Symbol('fd'), {}, []]
    for (const other of [reader, reader.fileno(), closed, 999_999, ...nonsense]) {
      assertEqual(() => map.get(other as FileObject), undefined)
      assertEqual(() => map.has(other as FileObject), false)
    }
  })

  it('calls forEach() as a Map does', () => {
    const { selector, keys } = some(1)
    const map = selector.getMap()
    const self = {}
    const calls: unknown[][] = []
    map.forEach(function (this: unknown, ...args) {
      calls.push([this, ...args])
    }, self)
    const expected = [self, keys[0], keys[0]?.fd, map]
    assertEqual(() => calls.length, 1)
    assert.ok(expected.every((value, i) => calls[0]?.[i] === value))
    assertEqual(() => calls[0]?.length, expected.length)
  })

  it('is read-only', () => {
    const { selector, keys } = some(2)
    const map = selector.getMap() as unknown as Record<string, unknown>
    for (const name of ['set', 'add', 'delete', 'clear', 'register', 'unregister'])
      assertEqual(() => map[name], undefined)
    assertThrows(() => Object.assign(map, { size: 0 }), { name: 'TypeError' })
    assertEqual(() => selector.getMap().size, keys.length)
  })

  it('is empty after close()', () => {
    const { selector, keys } = some(3)
    const map = selector.getMap()
    const running = map.values()
    running.next()
    selector.close()
    assert.deepEqual([...running], [])
    assertEqual(() => map.size, 0)
    assert.deepEqual([[...map], [...map.keys()], [...map.values()], [...map.entries()]], [[], [], [], []])
    map.forEach(() => {
      assert.fail('visited')
    })
    for (const { fileobj, fd } of keys) {
      assert.deepEqual([map.get(fileobj), map.has(fileobj)], [undefined, false])
      assert.deepEqual([map.get(fd), map.has(fd)], [undefined, false])
    }
  })

  function some(count: number) {
    const selector: Selector = create()
    return { selector, keys: Array.from({ length: count }, () => selector.register(open()[0], EVENT_READ)) }
  }
}

function ascending(a: number, b: number): number {
  return a - b
}
