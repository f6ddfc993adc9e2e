import assert from 'node:assert/strict'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertReady, SOON, selectAtLeast } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { deliver, drain, fill } from '../flow.js'

export function select(fixture: Fixture): void {
  const { it, create, open } = fixture

  it('returns a key and a mask for each ready file object, and for no other', () => {
    const selector = create()
    const [idle, writer] = open()
    const ends = open()
    selector.register(idle, EVENT_READ)
    const write = selector.register(writer, EVENT_WRITE)
    const read = selector.register(ends[0], EVENT_READ)
    assertReady(selector.select(0), [write, EVENT_WRITE])
    deliver(fixture, ends, 'data')
    assertReady(selector.select(0), [write, EVENT_WRITE], [read, EVENT_READ])
  })

  it('is level-triggered: what is not consumed is reported again', () => {
    const selector = create()
    const ends = open()
    const [reader] = ends
    const key = selector.register(reader, EVENT_READ)
    deliver(fixture, ends, 'data')
    for (let again = 0; again < 3; again++) assertReady(selector.select(SOON), [key, EVENT_READ])
    assertEqual(() => drain(reader), 'data')
    for (let again = 0; again < 3; again++) assertReady(selector.select(0))
    deliver(fixture, ends, 'more')
    assertReady(selector.select(0), [key, EVENT_READ])
  })

  it('reports a full writer again once it was emptied', () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(writer, EVENT_WRITE)
    assertReady(selector.select(0), [key, EVENT_WRITE])
    fill(writer)
    assertReady(selector.select(0))
    drain(reader)
    assertReady(selectAtLeast(selector, 1), [key, EVENT_WRITE])
  })

  it('returns a new list each time, which belongs to the caller', () => {
    const selector = create()
    const [, writer] = open()
    const key = selector.register(writer, EVENT_WRITE)
    const first = selector.select(0)
    const second = selector.select(0)
    assert.notEqual(first, second)
    assert.notEqual(first[0], second[0])
    for (const entry of first) entry[1] = 0
    first.length = 0
    assertReady(second, [key, EVENT_WRITE])
    assertReady(selector.select(0), [key, EVENT_WRITE])
    selector.unregister(writer)
    assert.notEqual(selector.select(0), selector.select(0))
  })

  it('leaves a batch as it was while its keys are unregistered', () => {
    const selector = create()
    const ends = [open()[1], open()[1], open()[1]]
    const keys = ends.map((end, i) => selector.register(end, EVENT_WRITE, i))
    const seen = []
    for (const [key, mask] of selector.select(0)) {
      if (seen.length === 0) for (const end of ends) selector.unregister(end)
      seen.push([key, mask] as const)
    }
    assertReady(seen as never, ...keys.map((key) => [key, EVENT_WRITE] as const))
    assertReady(selector.select(0))
  })

  it('leaves the keys of a batch as they were, while they are modified', () => {
    const selector = create()
    const [, writer] = open()
    const old = selector.register(writer, EVENT_WRITE, 'old')
    const batch = selector.select(0)
    const key = selector.modify(writer, EVENT_READ | EVENT_WRITE, 'new')
    assertReady(batch, [old, EVENT_WRITE])
    assert.deepEqual([old.events, old.data], [EVENT_WRITE, 'old'])
    assertReady(selector.select(0), [key, EVENT_WRITE])
  })

  it('returns an array of arrays of two', () => {
    const selector = create()
    const [, writer] = open()
    selector.register(writer, EVENT_READ | EVENT_WRITE)
    const batch = selector.select()
    assert.ok(Array.isArray(batch))
    assertEqual(() => batch.length, 1)
    assert.ok(Array.isArray(batch[0]))
    assertEqual(() => batch[0]?.length, 2)
  })
}
