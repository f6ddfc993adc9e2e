import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertReady, assertThrows, closedError, keyError } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'

/** Calls of a selector from within a fileno() that it calls. */
export function reentrance({ it, create, open }: Fixture): void {
  const calls: readonly [name: string, call: (selector: Selector, fileobj: { fileno(): number }) => unknown][] = [
    ['register', (selector, fileobj) => selector.register(fileobj, EVENT_READ)],
    ['modify', (selector, fileobj) => selector.modify(fileobj, EVENT_WRITE)],
    ['unregister', (selector, fileobj) => selector.unregister(fileobj)],
    ['getKey', (selector, fileobj) => selector.getKey(fileobj)],
  ]

  for (const [name, call] of calls) {
    it(`stands a fileno() that closes the selector within ${name}()`, () => {
      const selector = create()
      const [reader, writer] = open()
      selector.register(writer, EVENT_WRITE)
      if (name !== 'register') selector.register(reader, EVENT_READ)
      const closing = after(() => selector.close(), reader.fileno())
      assertThrows(() => call(selector, closing), closedError)
      assertEqual(() => selector.getMap().size, 0)
      assertThrows(() => selector.select(0), closedError)
    })

    it(`stands a fileno() that unregisters its object within ${name}()`, () => {
      const selector = create()
      const [reader] = open()
      const fd = reader.fileno()
      selector.register(reader, EVENT_READ)
      const leaving = after(() => selector.getMap().has(fd) && selector.unregister(fd), fd)
      if (name === 'register') assertEqual(() => selector.register(leaving, EVENT_READ).fileobj, leaving)
      else assertThrows(() => call(selector, leaving), keyError)
      assertEqual(() => selector.getMap().size, name === 'register' ? 1 : 0)
    })
  }

  it('stands a fileno() that registers its own object', () => {
    const selector = create()
    const [, writer] = open()
    const fd = writer.fileno()
    const eager = after(() => selector.getMap().has(fd) || selector.register(fd, EVENT_WRITE, 'inner'), fd)
    assertThrows(() => selector.register(eager, EVENT_READ, 'outer'), keyError)
    assertEqual(() => selector.getMap().size, 1)
    assertReady(selector.select(0), [selector.getKey(fd), EVENT_WRITE])
    assertEqual(() => selector.getKey(eager).data, 'inner')
  })

  it('stands a fileno() that selects, and one that uses another file object', () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(writer, EVENT_WRITE)
    const busy = {
      fileno() {
        assertReady(selector.select(0), [key, EVENT_WRITE])
        selector.unregister(writer)
        selector.register(writer.fileno(), EVENT_READ | EVENT_WRITE)
        return reader.fileno()
      },
    }
    assertEqual(() => selector.register(busy, EVENT_READ).fd, reader.fileno())
    assertReady(selector.select(0), [selector.getKey(writer), EVENT_WRITE])
    assertEqual(() => selector.getMap().size, 2)
  })

  it('stands a fileno() that closes the selector while the map looks it up', () => {
    const selector = create()
    const [reader] = open()
    selector.register(reader, EVENT_READ)
    const closing = after(() => selector.close(), reader.fileno())
    assertEqual(() => selector.getMap().get(closing), undefined)
    assertEqual(() => selector.getMap().has(closing), false)
  })
}

/** A file object whose fileno() does something before it returns. */
function after(action: () => unknown, fd: number): { fileno(): number } {
  return {
    fileno() {
      action()
      return fd
    },
  }
}
