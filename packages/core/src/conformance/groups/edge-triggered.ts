import { EDGE_TRIGGERED, EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertReady, assertRejects, assertWaits, SOON, selectAtLeast } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { begun, deliver, drain } from '../flow.js'

const ROUNDS = 50

/** EDGE_TRIGGERED: what is ready is reported once, until more happens. */
export function edgeTriggered(fixture: Fixture): void {
  const { it, create, open, supports } = fixture
  if (!(supports.modes & EDGE_TRIGGERED)) return
  const events = EVENT_READ | EDGE_TRIGGERED

  it('reports what is ready once, and again when more arrives', () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], events)
    assertReady(selector.select(0))
    for (const data of ['a', 'b', 'c']) {
      deliver(fixture, ends, data)
      assertReady(selectAtLeast(selector, 1), [key, EVENT_READ])
      assertWaits(selector, 0.01)
    }
    assertEqual(() => drain(ends[0]), 'abc')
    assertWaits(selector, 0.01)
    deliver(fixture, ends, 'd')
    assertReady(selectAtLeast(selector, 1), [key, EVENT_READ])
  })

  it('reports what is ready already when it is registered, and when it is modified', () => {
    const selector = create()
    const ends = open()
    deliver(fixture, ends, 'x')
    const key = selector.register(ends[0], events, 'data')
    assertReady(selector.select(0), [key, EVENT_READ])
    assertReady(selector.select(0))
    for (let again = 0; again < 3; again++) {
      assertEqual(() => selector.modify(ends[0], events, 'data'), key)
      assertReady(selector.select(0), [key, EVENT_READ])
      assertReady(selector.select(0))
    }
    const other = selector.modify(ends[0], events, 'other data')
    assertReady(selector.select(0), [other, EVENT_READ])
    assertReady(selector.select(0))
    const level = selector.modify(ends[0], EVENT_READ)
    for (let again = 0; again < 3; again++) assertReady(selector.select(0), [level, EVENT_READ])
  })

  it('reports writing once, beside what is level-triggered', () => {
    const selector = create()
    const [, writer] = open()
    const [, other] = open()
    const key = selector.register(writer, EVENT_WRITE | EDGE_TRIGGERED)
    const level = selector.register(other, EVENT_WRITE)
    assertReady(selector.select(0), [key, EVENT_WRITE], [level, EVENT_WRITE])
    for (let again = 0; again < 3; again++) assertReady(selector.select(0), [level, EVENT_WRITE])
  })

  it('does not report again what is ready when something else is unregistered', () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], events)
    const [other] = open()
    selector.register(other, EVENT_READ)
    deliver(fixture, ends, 'x')
    assertReady(selectAtLeast(selector, 1), [key, EVENT_READ])
    selector.unregister(other)
    assertReady(selector.select(0))
  })

  it('is told once of what hung up', () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, events)
    writer.close()
    assertReady(selector.select(SOON), [key, EVENT_READ])
    assertWaits(selector, 0.01)
  })

  if (!supports.asynchronous) return

  it('loses no edge in asynchronous waits', async () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], events)
    for (let round = 0; round < ROUNDS; round++) {
      if (round % 2 === 0) ends[1].write('x')
      const wait = begun(selector.selectAsync({ timeout: SOON }))
      if (round % 2 === 1) ends[1].write('x')
      assertReady(await wait, [key, EVENT_READ])
      assertEqual(() => drain(ends[0]), 'x')
    }
    assertReady(await selector.selectAsync({ timeout: 0.01 }))
  })

  it('loses no edge that a wait has found which was given up', async () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], events)
    for (let round = 0; round < ROUNDS; round++) {
      const controller = new AbortController()
      const wait = begun(selector.selectAsync({ signal: controller.signal }))
      deliver(fixture, ends, 'x')
      controller.abort('given up')
      await assertRejects(wait, (reason) => reason === 'given up')
      assertReady(round % 2 === 0 ? selector.select(SOON) : await selector.selectAsync({ timeout: SOON }), [
        key,
        EVENT_READ,
      ])
      assertReady(selector.select(0))
      drain(ends[0])
    }
  })
}
