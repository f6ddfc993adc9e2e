import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertReady, assertThrows, assertUnchanged, keyError, valueError } from '../expect.js'
import type { Fixture } from '../fixture.js'

export function unregister({ it, create, open }: Fixture): void {
  it('returns the key that was held, and forgets it', () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(writer, EVENT_WRITE, 'data')
    selector.register(reader, EVENT_READ)
    assertEqual(() => selector.unregister(writer), key)
    assertEqual(() => selector.getMap().size, 1)
    assertThrows(() => selector.getKey(writer), keyError)
    assertReady(selector.select(0))
  })

  it('returns the latest key', () => {
    const selector = create()
    const [, writer] = open()
    selector.register(writer, EVENT_WRITE, 'old')
    const key = selector.modify(writer, EVENT_READ, 'new')
    assertEqual(() => selector.unregister(writer), key)
  })

  it('takes anything with the same descriptor', () => {
    const selector = create()
    const [reader] = open()
    const fd = reader.fileno()
    for (const same of [reader, fd, { fileno: () => fd }, { fd }]) {
      const key = selector.register(reader, EVENT_READ)
      assertEqual(() => selector.unregister(same), key)
      assertEqual(() => selector.getMap().size, 0)
    }
  })

  it('refuses what is not registered', () => {
    const selector = create()
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE)
    for (const unknown of [reader, reader.fileno(), 999_999]) {
      assertUnchanged(selector, () => assertThrows(() => selector.unregister(unknown), keyError))
    }
    selector.unregister(writer)
    assertThrows(() => selector.unregister(writer), keyError)
  })

  it('refuses a closed object that was never registered', () => {
    const selector = create()
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE)
    reader.close()
    assertUnchanged(selector, () => assertThrows(() => selector.unregister(reader), valueError))
  })

  it('makes room to register again', () => {
    const selector = create()
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE, 'old')
    selector.unregister(writer)
    const key = selector.register(writer, EVENT_READ | EVENT_WRITE, 'new')
    assertReady(selector.select(0), [key, EVENT_WRITE])
    selector.register(reader, EVENT_READ)
    assertEqual(() => selector.getMap().size, 2)
  })

  it('leaves the file object open', () => {
    const selector = create()
    const [, writer] = open()
    selector.register(writer, EVENT_WRITE)
    selector.unregister(writer)
    assertEqual(() => writer.write('x'), 1)
  })

  it('forgets each in whatever order, and no other', () => {
    const selector = create()
    const keys = Array.from({ length: 6 }, () => selector.register(open()[1], EVENT_WRITE))
    // The 3rd, the last, the first, one in between, ...
    for (const index of [2, 4, 0, 1, 1, 0]) {
      for (const key of keys.splice(index, 1)) assertEqual(() => selector.unregister(key.fileobj), key)
      assertReady(selector.select(0), ...keys.map((key) => [key, EVENT_WRITE] as const))
    }
    assertEqual(() => selector.getMap().size, 0)
  })
}
