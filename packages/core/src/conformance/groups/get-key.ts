import assert from 'node:assert/strict'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertReady, assertThrows, keyError, valueError } from '../expect.js'
import type { Fixture } from '../fixture.js'

export function getKey({ it, create, open }: Fixture): void {
  it('finds the key by the object, its descriptor and anything with that descriptor', () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, EVENT_READ, 'data')
    selector.register(writer, EVENT_WRITE)
    const fd = reader.fileno()
    for (const same of [reader, fd, { fileno: () => fd }, { fd }]) assertEqual(() => selector.getKey(same), key)
  })

  it('finds by the object what was registered by descriptor', () => {
    const selector = create()
    const [reader] = open()
    const key = selector.register(reader.fileno(), EVENT_READ)
    assertEqual(() => key.fileobj, reader.fileno())
    assertEqual(() => selector.getKey(reader), key)
  })

  it('refuses what is not registered, and what is no file object', () => {
    const selector = create()
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE)
    for (const unknown of [reader, reader.fileno(), 999_999, 2 ** 31, 2 ** 40]) {
      assertThrows(() => selector.getKey(unknown), keyError)
    }
    reader.close()
    for (const bad of [reader, -1]) assertThrows(() => selector.getKey(bad), valueError)
  })

  it('finds a registered object after it was closed', () => {
    const selector = create()
    const [reader, writer] = open()
    const keys = [selector.register(reader, EVENT_READ), selector.register(writer, EVENT_READ)] as const
    reader.close()
    writer.close()
    for (const [i, end] of [reader, writer].entries()) assertEqual(() => selector.getKey(end), keys[i])
    assertEqual(() => selector.getKey(keys[0].fd), keys[0])
  })
}

/** What makes a key fit to be the key of a WeakMap. */
export function identity({ it, create, open }: Fixture): void {
  it('hands out one key object everywhere, until a modify', () => {
    const selector = create()
    const [, writer] = open()
    let key = selector.register(writer, EVENT_WRITE, 0)
    for (let round = 1; round <= 3; round++) {
      const states = new WeakMap([[key, round]])
      for (let again = 0; again < 2; again++) {
        const map = selector.getMap()
        const [[selected] = []] = selector.select(0)
        for (const same of [selector.getKey(writer), map.get(writer), [...map.values()][0], selected]) {
          assertEqual(() => same, key)
          assertEqual(() => states.get(same as typeof key), round)
        }
      }
      key = selector.modify(writer, EVENT_WRITE, round)
      assertEqual(() => states.has(key), false)
    }
    assertEqual(() => selector.unregister(writer), key)
  })

  it('keeps the keys of several selectors apart', () => {
    const [, writer] = open()
    const keys = [create(), create()].map((selector) => {
      const key = selector.register(writer, EVENT_WRITE)
      assertReady(selector.select(0), [key, EVENT_WRITE])
      return key
    })
    assert.notEqual(keys[0], keys[1])
  })
}
