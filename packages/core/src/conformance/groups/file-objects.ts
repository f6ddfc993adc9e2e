import assert from 'node:assert/strict'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertReady, assertThrows, assertUnchanged, keyError, valueError } from '../expect.js'
import type { Fixture } from '../fixture.js'

export function fileObjects({ it, create, open, keep }: Fixture): void {
  it('takes a number, fileno() and fd', () => {
    const [, writer] = open()
    const fd = writer.fileno()
    const called = Object.assign(() => {}, { fileno: () => fd })
    for (const fileobj of [fd, writer, { fileno: () => fd }, { fd }, called, { fd: -1, fileno: () => fd }]) {
      const selector = create()
      const key = selector.register(fileobj, EVENT_WRITE)
      assertEqual(() => key.fileobj, fileobj)
      assertEqual(() => key.fd, fd)
      assertReady(selector.select(0), [key, EVENT_WRITE])
      assertEqual(() => selector.unregister(fileobj), key)
    }
  })

  it('calls fileno() on its object', () => {
    const [, writer] = open()
    class Wrapper {
      readonly #fd = writer.fileno()
      fileno(): number {
        return this.#fd
      }
    }
    assertEqual(() => create().register(new Wrapper(), EVENT_WRITE).fd, writer.fileno())
  })

  it('looks up by the number that an object has now', () => {
    const selector = create()
    const [reader, writer] = open()
    const changing = { fd: reader.fileno() }
    const key = selector.register(changing, EVENT_READ)
    changing.fd = writer.fileno()
    for (const lookUp of [selector.getKey, selector.unregister]) {
      assertUnchanged(selector, () => assertThrows(() => lookUp.call(selector, changing), keyError))
    }
    assertThrows(() => selector.modify(changing, EVENT_WRITE), keyError)
    const second = selector.register(changing, EVENT_WRITE)
    assertEqual(() => selector.getKey(reader), key)
    assertEqual(() => selector.getKey(changing), second)
    assertEqual(() => key.fd, reader.fileno())
    assertEqual(() => selector.getMap().size, 2)
  })

  it('looks up by identity what has no number any more', () => {
    const selector = create()
    const [reader, writer] = open()
    const [first, second] = [{ fd: reader.fileno() }, { fd: writer.fileno() }]
    const keys = [first, second].map((fileobj) => selector.register(fileobj, EVENT_READ, 'data'))
    for (const fileobj of [first, second]) fileobj.fd = -1
    assertEqual(() => selector.getMap().get(second), keys[1])
    assertEqual(() => selector.modify(first, EVENT_READ, 'data'), keys[0])
    assertEqual(() => selector.unregister(second), keys[1])
    assertEqual(() => selector.unregister(first), keys[0])
    assertThrows(() => selector.unregister(first), valueError)
  })

  it('looks up by identity an object whose fileno() says that it is closed by an error', () => {
    const selector = create()
    const [reader] = open()
    const fd = reader.fileno()
    const fileobj = { closed: false, fileno: () => (fileobj.closed ? fail(new TypeError('closed')) : fd) }
    const key = selector.register(fileobj, EVENT_READ)
    fileobj.closed = true
    assertEqual(() => selector.getKey(fileobj), key)
    assertThrows(() => selector.register(fileobj, EVENT_READ), keyError)
    assertEqual(() => selector.unregister(fileobj), key)
  })

  it('makes a ValueError of what a fileno() means by "no descriptor"', () => {
    class ArgumentError extends TypeError {
      override name = 'ArgumentError'
    }
    const named = (name: string) => Object.assign(new Error('c'), { name })
    const errors = [
      new TypeError('a'),
      new RangeError('b'),
      new ArgumentError('a subclass'),
      named('ValueError'),
      named('SelectorClosedError'),
    ]
    const selector = create()
    for (const cause of errors) {
      const fileobj = { fileno: () => fail(cause) }
      const refused = (error: Error) => error.name === 'ValueError' && error.cause === cause
      assertThrows(() => selector.register(fileobj, EVENT_READ), refused)
      assertThrows(() => selector.unregister(fileobj), refused)
      assertThrows(() => selector.modify(fileobj, EVENT_READ), refused)
      assertThrows(() => selector.getKey(fileobj), refused)
      assertEqual(() => selector.getMap().get(fileobj), undefined)
    }
  })

  it('lets every other error of a fileno() through', () => {
    const selector = create()
    const errors = [new Error('other'), new SyntaxError('other'), null, undefined, 'a string', { name: 'Odd' }]
    for (const error of errors) {
      const fileobj = { fileno: () => fail(error) }
      const through = (thrown: unknown) => thrown === error
      assertThrowsExactly(() => selector.register(fileobj, EVENT_READ), through)
      assertThrowsExactly(() => selector.unregister(fileobj), through)
      assertThrowsExactly(() => selector.modify(fileobj, EVENT_READ), through)
      assertThrowsExactly(() => selector.getKey(fileobj), through)
      assertThrowsExactly(() => selector.getMap().get(fileobj), through)
      assertThrowsExactly(() => selector.getMap().has(fileobj), through)
    }
    assertEqual(() => selector.getMap().size, 0)
  })

  it('takes two descriptors of one open file as two file objects', () => {
    const [, writer] = open()
    const twin = keep(writer.dup())
    const selector = create()
    const key = selector.register(writer, EVENT_WRITE)
    const twinKey = selector.register(twin, EVENT_WRITE)
    assertReady(selector.select(0), [key, EVENT_WRITE], [twinKey, EVENT_WRITE])
    selector.unregister(writer)
    assertReady(selector.select(0), [twinKey, EVENT_WRITE])
    writer.close()
    assertReady(selector.select(0), [twinKey, EVENT_WRITE])
  })
}

function fail(error: unknown): never {
  throw error
}

/** As assertThrows(), which does not take `undefined` for an error. */
function assertThrowsExactly(call: () => unknown, matches: (thrown: unknown) => boolean): void {
  try {
    call()
  } catch (thrown) {
    assert.ok(matches(thrown))
    return
  }
  assert.fail('nothing was thrown')
}
