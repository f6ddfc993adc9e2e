import assert from 'node:assert/strict'
import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  EXCLUSIVE,
  ONE_SHOT,
} from '../../program.js'
import { assertEqual, assertThrows, assertUnchanged, valueError } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'

const extraEvents = { EVENT_PRIORITY, EVENT_HANGUP, EVENT_ERROR }
const modes = { EDGE_TRIGGERED, ONE_SHOT, EXCLUSIVE }

/** Which events and modes a selector has: what it does not have is refused, never ignored. */
export function repertoire({ it, create, open, pair, supports }: Fixture): void {
  for (const [name, bit] of Object.entries({ ...extraEvents, ...modes })) {
    if ((supports.events | supports.modes) & bit) {
      // Some systems refuse what no kind of file object can have.
      if (bit === EVENT_PRIORITY && !pair.urgent) continue
      it(`shows ${name} in the key`, () => {
        const selector = create()
        const [reader] = open()
        const key = selector.register(reader, EVENT_READ | bit)
        assertEqual(() => key.events, EVENT_READ | bit)
        assertEqual(() => selector.modify(reader, EVENT_READ).events, EVENT_READ)
        assertEqual(() => selector.modify(reader, EVENT_WRITE | bit).events, EVENT_WRITE | bit)
      })
    } else {
      it(`refuses ${name}, and names it`, () => {
        refuses(create(), EVENT_READ | bit, new RegExp(`${EVENT_READ | bit}: .* does not have ${name} on .* only `))
      })
    }
  }

  for (const [name, bit] of Object.entries(modes)) {
    it(`refuses ${name} without an event`, () => refuses(create(), bit, new RegExp(`^Invalid events ${bit}: `)))
  }

  if (supports.modes & EXCLUSIVE) {
    for (const [name, bit] of Object.entries({ ...extraEvents, ONE_SHOT })) {
      if (((supports.events | supports.modes) & bit) === 0) continue
      it(`refuses EXCLUSIVE with ${name}`, () => refuses(create(), EVENT_READ | EXCLUSIVE | bit, new RegExp(name)))
    }
  }

  it('reports no mode', () => {
    for (const bit of Object.values(modes)) {
      if ((supports.modes & bit) === 0) continue
      const selector = create()
      const [, writer] = open()
      selector.register(writer, EVENT_WRITE | bit)
      assert.deepEqual(
        selector.select(0).map(([, mask]) => mask),
        [EVENT_WRITE],
      )
    }
  })

  function refuses(selector: Selector, events: number, message: RegExp): void {
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE)
    for (const call of [() => selector.register(reader, events), () => selector.modify(writer, events)]) {
      assertUnchanged(selector, () => assertThrows(call, { ...valueError, message }))
    }
  }
}
