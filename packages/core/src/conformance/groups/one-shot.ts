import assert from 'node:assert/strict'
import { EVENT_PRIORITY, EVENT_READ, EVENT_WRITE, ONE_SHOT } from '../../program.js'
import { assertEqual, assertIdle, assertReady, assertRejects, assertWaits, SOON, selectAtLeast } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { begun, deliver, drain } from '../flow.js'

const BOTH = EVENT_READ | EVENT_WRITE
const ROUNDS = 50

/** ONE_SHOT: after one report nothing more is reported until `modify()`. */
export function oneShot(fixture: Fixture): void {
  const { it, create, open, keep, pair, supports } = fixture
  if (!(supports.modes & ONE_SHOT)) return
  const events = EVENT_READ | ONE_SHOT

  it('reports once, whatever happens afterwards', async () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], events)
    assertReady(selector.select(0))
    deliver(fixture, ends, 'a')
    assertReady(selectAtLeast(selector, 1), [key, EVENT_READ])
    assertWaits(selector, 0.01)
    deliver(fixture, ends, 'b')
    assertWaits(selector, 0.01)
    ends[1].close()
    assertWaits(selector, 0.01)
    await assertIdle((seconds) => assertWaits(selector, seconds))
    assert.equal(selector.unregister(ends[0]), key)
  })

  it('is armed again by modify(), with the same key where nothing changes', () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], events, 'data')
    for (let again = 0; again < 3; again++) {
      deliver(fixture, ends, 'x')
      assertReady(selectAtLeast(selector, 1), [key, EVENT_READ])
      assertReady(selector.select(0))
      assertEqual(() => selector.modify(ends[0], events, 'data'), key)
      assertReady(selector.select(0), [key, EVENT_READ])
      assertEqual(() => drain(ends[0]), 'x')
      assertEqual(() => selector.modify(ends[0], events, 'data'), key)
      assertReady(selector.select(0))
    }
    ends[1].write('y')
    assertReady(selectAtLeast(selector, 1), [key, EVENT_READ])
    const other = selector.modify(ends[0], events, 'other data')
    assertReady(selector.select(0), [other, EVENT_READ])
    const level = selector.modify(ends[0], EVENT_READ)
    for (let again = 0; again < 3; again++) assertReady(selector.select(0), [level, EVENT_READ])
  })

  it('is over for all events with one of them', () => {
    const selector = create()
    const end = open()[1]
    const key = selector.register(end, BOTH | ONE_SHOT)
    const found = selector.select(0)
    assertReady(found, [key, (found[0]?.[1] ?? 0) | EVENT_WRITE])
    assertWaits(selector, 0.01)
    if (!pair.duplex) return
    const ends = open()
    const both = selector.register(ends[0], BOTH | ONE_SHOT)
    assertReady(selector.select(0), [both, EVENT_WRITE])
    deliver(fixture, ends, 'x')
    assertReady(selector.select(0))
    assertEqual(() => selector.modify(ends[0], BOTH | ONE_SHOT), both)
    assertReady(selector.select(0), [both, BOTH])
    assertReady(selector.select(0))
  })

  it('leaves everything else as it is', () => {
    const selector = create()
    const all = Array.from({ length: 5 }, (_, i) =>
      selector.register(open()[1], i % 2 ? EVENT_WRITE : EVENT_WRITE | ONE_SHOT),
    )
    assertReady(selector.select(0), ...all.map((key) => [key, EVENT_WRITE] as const))
    const level = all.filter((_, i) => i % 2)
    for (const key of level) {
      assertReady(
        selector.select(0),
        ...level.filter(({ fd }) => selector.getMap().has(fd)).map((k) => [k, EVENT_WRITE] as const),
      )
      selector.unregister(key.fd)
    }
    assertReady(selector.select(0))
    for (const key of all.filter((_, i) => i % 2 === 0)) {
      assertEqual(() => selector.modify(key.fd, key.events), key)
      assertReady(selector.select(0), [key, EVENT_WRITE])
    }
  })

  it('begins afresh with register()', () => {
    const selector = create()
    const [, writer] = open()
    for (let again = 0; again < 3; again++) {
      const key = selector.register(writer, EVENT_WRITE | ONE_SHOT)
      assertReady(selector.select(0), [key, EVENT_WRITE])
      assertReady(selector.select(0))
      selector.unregister(writer)
    }
    const key = selector.register(writer, EVENT_WRITE)
    for (let again = 0; again < 3; again++) assertReady(selector.select(0), [key, EVENT_WRITE])
  })

  it('is a mode that modify() and unregister() take away, where something else has it', () => {
    const selector = create()
    const [reader] = open()
    const [, writer] = open()
    selector.register(reader, EVENT_READ | ONE_SHOT)
    const reports = (key: ReturnType<typeof selector.getKey>) => {
      for (let again = 0; again < 3; again++) assertReady(selector.select(0), [key, EVENT_WRITE])
    }
    selector.register(writer, EVENT_WRITE | ONE_SHOT)
    reports(selector.modify(writer, EVENT_WRITE))
    selector.modify(writer, EVENT_WRITE | ONE_SHOT)
    selector.unregister(writer)
    reports(selector.register(writer, EVENT_WRITE))
  })

  it('stays spent, and stays armed, whatever is closed beside it', () => {
    const selector = create()
    const spentEnds = open()
    const armedEnds = open()
    const spent = selector.register(spentEnds[0], events)
    selector.register(armedEnds[0], events)
    deliver(fixture, spentEnds, 'x')
    assertReady(selectAtLeast(selector, 1), [spent, EVENT_READ])
    const [reader, writer] = open()
    selector.register(reader, EVENT_READ)
    const twin = keep(reader.dup())
    deliver(fixture, [twin, writer], 'x')
    reader.close()
    selector.unregister(reader)
    assertWaits(selector, 0.01)
    deliver(fixture, armedEnds, 'x')
    assertEqual(() => selectAtLeast(selector, 1).length, 1)
    assertWaits(selector, 0.01)
    assertEqual(() => selector.modify(spentEnds[0], events), spent)
    assertReady(selector.select(0), [spent, EVENT_READ])
  })

  if (!supports.asynchronous) return

  it('loses no report in asynchronous waits', async () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], events)
    for (let round = 0; round < ROUNDS; round++) {
      if (round % 2 === 0) ends[1].write('x')
      const wait = begun(selector.selectAsync({ timeout: SOON }))
      if (round % 2 === 1) ends[1].write('x')
      assertReady(await wait, [key, EVENT_READ])
      assertEqual(() => drain(ends[0]), 'x')
      if (round % 10 === 0) assertReady(await selector.selectAsync({ timeout: 0.001 }))
      assertEqual(() => selector.modify(ends[0], events), key)
    }
  })

  it('loses no report of what is registered during a wait', async () => {
    const selector = create()
    const [, writer] = open()
    const controller = new AbortController()
    const wait = begun(selector.selectAsync({ signal: controller.signal }))
    for (let round = 0; round < 4 * ROUNDS; round++) {
      const key = selector.register(writer, EVENT_WRITE | ONE_SHOT)
      assertReady(selector.select(0), [key, EVENT_WRITE])
      selector.unregister(writer)
    }
    controller.abort('enough')
    await assertRejects(wait, (reason) => reason === 'enough')
  })

  if (supports.wakeup) {
    it('hides nothing that an asynchronous wait has found when it is woken, also where something was closed', async () => {
      const selector = create()
      // Has a thread wait, where the event loop could.
      if (pair.urgent && supports.events & EVENT_PRIORITY) selector.register(open()[0], EVENT_PRIORITY)
      const key = selector.register(open()[1], EVENT_WRITE | ONE_SHOT)
      const [, closed] = open()
      keep(closed.dup())
      selector.register(closed, EVENT_WRITE)
      const wait = begun(selector.selectAsync())
      closed.close()
      selector.unregister(closed)
      selector.wakeup()
      assertReady(selector.select(0), [key, EVENT_WRITE])
      assertReady(await wait)
    })
  }

  it('loses no report that a wait has found which was given up', async () => {
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
      selector.modify(ends[0], events)
    }
  })
}
