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
  valueError,
} from '../expect.js'
import type { Fixture } from '../fixture.js'
import { deliver } from '../flow.js'

export function modify(fixture: Fixture): void {
  const { it, create, open, supports } = fixture

  it('changes the events, from the next select on', () => {
    const selector = create()
    const [, writer] = open()
    selector.register(writer, EVENT_READ)
    assertReady(selector.select(0))
    const both = selector.modify(writer, EVENT_READ | EVENT_WRITE)
    assertEqual(() => both.events, EVENT_READ | EVENT_WRITE)
    assertReady(selector.select(0), [both, EVENT_WRITE])
    selector.modify(writer, EVENT_READ)
    assertReady(selector.select(0))
    const write = selector.modify(writer, EVENT_WRITE)
    assertReady(selector.select(0), [write, EVENT_WRITE])
  })

  it('changes the data', () => {
    const selector = create()
    const [, writer] = open()
    selector.register(writer, EVENT_WRITE, 'old')
    for (const data of ['new', null, undefined, 0, -0, 'new']) {
      const key = selector.modify(writer, EVENT_WRITE, data)
      assert.ok(Object.is(key.data, data))
      assertReady(selector.select(0), [key, EVENT_WRITE])
    }
  })

  it('clears data that is left out', () => {
    const selector = create()
    const [, writer] = open()
    for (const events of [EVENT_WRITE, EVENT_READ]) {
      selector.register(writer, EVENT_WRITE, 'data')
      assertEqual(() => selector.modify(writer, events).data, undefined)
      assertEqual(() => selector.unregister(writer).data, undefined)
    }
  })

  it('returns the same key when nothing changes, by Object.is', () => {
    const selector = create()
    const [reader] = open()
    for (const data of [undefined, null, Number.NaN, 0, 'data', {}]) {
      const key = selector.register(reader, EVENT_READ, data)
      assertEqual(() => selector.modify(reader, EVENT_READ, data), key)
      assertEqual(() => selector.unregister(reader), key)
    }
    const key = selector.register(reader, EVENT_READ, 0)
    assert.notEqual(selector.modify(reader, EVENT_READ, -0), key)
  })

  it('makes a new key and never changes the old one', () => {
    const selector = create()
    const [reader] = open()
    const changes = [
      [EVENT_READ, 'new'],
      [EVENT_WRITE, 'new'],
      [EVENT_READ, 'data'],
    ] as const
    for (const [events, data] of changes) {
      const old = selector.getMap().get(reader) ?? selector.register(reader, EVENT_READ, 'data')
      const before = { ...old }
      const key = selector.modify(reader, events, data)
      assert.notEqual(key, old)
      assert.deepEqual([key.fileobj === reader, key.fd, key.events, key.data], [true, reader.fileno(), events, data])
      assert.ok(Object.entries(before).every(([name, value]) => old[name as keyof typeof old] === value))
    }
  })

  it('keeps the file object that was registered, and its place', () => {
    const selector = create()
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE)
    selector.register(reader, EVENT_READ)
    const fd = writer.fileno()
    const order = [...selector.getMap().keys()]
    for (const [same, events] of [
      [fd, EVENT_READ],
      [{ fileno: () => fd }, EVENT_WRITE],
      [{ fd }, EVENT_WRITE],
    ] as const) {
      assertEqual(() => selector.modify(same, events, {}).fileobj, writer)
    }
    assert.deepEqual([...selector.getMap().keys()], order)
    assertEqual(() => selector.getMap().size, 2)
  })

  it('does without register() and unregister()', () => {
    const selector = create()
    const [reader] = open()
    selector.register(reader, EVENT_READ, 'old')
    const called = () => assert.fail('called by modify()')
    Object.assign(selector, { register: called, unregister: called })
    assertEqual(() => selector.modify(reader, EVENT_READ, 'new').data, 'new')
  })

  it('refuses what is not registered', () => {
    const selector = create()
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE)
    for (const unknown of [reader, reader.fileno(), 999_999]) {
      assertUnchanged(selector, () => assertThrows(() => selector.modify(unknown, EVENT_READ), keyError))
    }
  })

  it('checks the events first, and loses nothing when they are bad', () => {
    const selector = create()
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE, 'data')
    for (const fileobj of [writer, reader]) {
      assertUnchanged(selector, () => assertThrows(() => selector.modify(fileobj, 0, 'new'), valueError))
    }
  })

  it('keeps waiting data ready', () => {
    const selector = create()
    const ends = open()
    selector.register(ends[0], EVENT_READ)
    deliver(fixture, ends, 'data')
    selector.modify(ends[0], EVENT_WRITE)
    const key = selector.modify(ends[0], EVENT_READ)
    assertReady(selector.select(0), [key, EVENT_READ])
  })

  it('changes the data of a closed object, without asking the system', () => {
    const selector = create()
    const [reader] = open()
    const { fd } = selector.register(reader, EVENT_READ, 'old')
    reader.close()
    assertEqual(() => selector.modify(reader, EVENT_READ, 'new').data, 'new')
    assertEqual(() => selector.modify(fd, EVENT_READ, 'newer').fileobj, reader)
    assertEqual(() => selector.getMap().size, 1)
  })

  const outcome = supports.unopened ? 'changes the events of' : 'unregisters, when the system refuses,'
  it(`${outcome} a closed object`, () => {
    const selector = create()
    const [reader, writer] = open()
    const { fd } = selector.register(reader, EVENT_READ, 'data')
    const other = selector.register(writer, EVENT_WRITE)
    reader.close()
    if (supports.unopened) {
      assertEqual(() => selector.modify(reader, EVENT_WRITE).events, EVENT_WRITE)
      selector.unregister(reader)
    } else {
      assertSystemError(() => selector.modify(reader, EVENT_WRITE), [...NOT_OPEN, 'ENOENT'], fd)
    }
    assertThrows(() => selector.unregister(fd), keyError)
    assert.deepEqual([...selector.getMap()], [[other.fd, other]])
    assertReady(selector.select(0), [other, EVENT_WRITE])
  })
}
