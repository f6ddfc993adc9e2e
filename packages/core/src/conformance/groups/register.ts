import assert from 'node:assert/strict'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import {
  assertEqual,
  assertReady,
  assertSystemError,
  assertThrows,
  assertUnchanged,
  keyError,
  NOT_OPEN,
  selectAtLeast,
  valueError,
} from '../expect.js'
import type { Fixture } from '../fixture.js'

export function register({ it, create, open, supports }: Fixture): void {
  it('returns a key that says what was registered', () => {
    const selector = create()
    const [reader, writer] = open()
    const data = { some: 'data' }
    const cases = [
      [reader, EVENT_READ],
      [writer, EVENT_READ | EVENT_WRITE],
    ] as const
    for (const [end, events] of cases) {
      const key = selector.register(end, events, data)
      assertEqual(() => key.fileobj, end)
      assertEqual(() => key.fd, end.fileno())
      assertEqual(() => key.events, events)
      assertEqual(() => key.data, data)
    }
  })

  it('makes a plain key, to be taken apart', () => {
    const [reader] = open()
    const key = create().register(reader, EVENT_READ, 'data')
    assert.deepEqual(Object.keys(key).sort(), ['data', 'events', 'fd', 'fileobj'])
    const { fileobj, ...rest } = key
    assertEqual(() => fileobj, reader)
    assert.deepEqual(rest, { fd: reader.fileno(), events: EVENT_READ, data: 'data' })
  })

  it('takes any data as it is, null too, and undefined when there is none', () => {
    const selector = create()
    const [reader] = open()
    for (const data of [null, undefined, 0, Number.NaN, '', false, Symbol('data'), () => {}]) {
      assert.ok(Object.is(selector.register(reader, EVENT_READ, data).data, data))
      selector.unregister(reader)
    }
    assertEqual(() => selector.register(reader, EVENT_READ).data, undefined)
  })

  it('begins to watch at once, for these events only', () => {
    const selector = create()
    const [, writer] = open()
    const key = selector.register(writer, EVENT_WRITE)
    assertReady(selector.select(0), [key, EVENT_WRITE])
    selector.unregister(writer)
    selector.register(writer, EVENT_READ)
    assertReady(selector.select(0))
  })

  it('refuses what is registered already, also through another object with the same descriptor', () => {
    const selector = create()
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE, 'first')
    const fd = writer.fileno()
    for (const again of [writer, fd, { fileno: () => fd }, { fd }]) {
      for (const events of [EVENT_READ, EVENT_WRITE]) {
        assertUnchanged(selector, () => assertThrows(() => selector.register(again, events, 'second'), keyError))
      }
    }
    assertEqual(() => selector.register(reader, EVENT_READ).fileobj, reader)
  })

  it('refuses again what was registered and then closed', () => {
    const selector = create()
    const [reader] = open()
    const key = selector.register(reader, EVENT_READ)
    reader.close()
    assertThrows(() => selector.register(reader, EVENT_READ), keyError)
    assertEqual(() => selector.getKey(reader), key)
  })

  it('checks the events first, then the file object, then whether it is registered', () => {
    const selector = create()
    const [reader] = open()
    const asked: string[] = []
    const fileobj = { fileno: () => asked.push('fileno') && reader.fileno() }
    selector.register(reader, EVENT_READ)
    assertThrows(() => selector.register(fileobj, 0), valueError)
    assert.deepEqual(asked, [])
    assertThrows(() => selector.register(fileobj, EVENT_READ), keyError)
    assert.deepEqual(asked, ['fileno'])
  })

  it('does not ask for the data', () => {
    const selector = create()
    const [, writer] = open()
    const data = new Proxy({}, { get: () => assert.fail('data was looked into') })
    const key = selector.register(writer, EVENT_WRITE, data)
    assert.ok(selectAtLeast(selector, 1)[0]?.[0] === key)
    assert.ok(key.data === data)
  })

  it('watches more file objects than it had room for at first', () => {
    const selector = create()
    const keys = Array.from({ length: 100 }, () => selector.register(open()[1], EVENT_WRITE))
    assertReady(selectAtLeast(selector, keys.length), ...keys.map((key) => [key, EVENT_WRITE] as const))
  })

  it(supports.unopened ? 'takes a descriptor that is not open' : 'refuses a descriptor that is not open', () => {
    const selector = create()
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE)
    const fd = reader.fileno()
    reader.close()
    if (supports.unopened) assert.ok(selector.register(fd, EVENT_READ) === selector.getKey(fd))
    else
      assertUnchanged(selector, () =>
        assertSystemError(() => selector.register(fd, EVENT_READ), NOT_OPEN, fd, 'unopened'),
      )
  })
}
