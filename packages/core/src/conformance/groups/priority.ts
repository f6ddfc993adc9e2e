import { EVENT_PRIORITY, EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertReady, assertWaits, SOON, selectAtLeast } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { begun, deliver } from '../flow.js'
import type { End } from '../subject.js'

/** What the kinds have that say so. */
type UrgentEnd = End & Required<Pick<End, 'sendUrgent' | 'takeUrgent'>>

/** EVENT_PRIORITY, by urgent data. */
export function priority(fixture: Fixture): void {
  const { it, create, open, pair, supports } = fixture
  if (!(supports.events & EVENT_PRIORITY) || !pair.urgent) return

  it('reports urgent data until it is taken', () => {
    const selector = create()
    const [reader, writer] = openUrgent()
    const key = selector.register(reader, EVENT_PRIORITY)
    assertReady(selector.select(0))
    writer.sendUrgent()
    for (let again = 0; again < 3; again++) assertReady(selector.select(SOON), [key, EVENT_PRIORITY])
    reader.takeUrgent()
    assertWaits(selector, 0.01)
    writer.sendUrgent()
    assertReady(selector.select(SOON), [key, EVENT_PRIORITY])
  })

  it('reports it beside other events, and only to who waits for it', () => {
    const [reader, writer] = openUrgent()
    deliver(fixture, [reader, writer], 'x')
    const all = create()
    const key = all.register(reader, EVENT_READ | EVENT_WRITE | EVENT_PRIORITY)
    assertReady(all.select(0), [key, EVENT_READ | EVENT_WRITE])
    writer.sendUrgent()
    const urgent = create()
    urgent.register(reader, EVENT_PRIORITY)
    selectAtLeast(urgent, 1)
    assertReady(all.select(0), [key, EVENT_READ | EVENT_WRITE | EVENT_PRIORITY])
    // Something else still waits for such.
    all.register(openUrgent()[0], EVENT_PRIORITY)
    const without = all.modify(reader, EVENT_READ)
    assertReady(all.select(0), [without, EVENT_READ])
    all.modify(reader, EVENT_READ | EVENT_PRIORITY)
    all.unregister(reader)
    assertReady(all.select(0))
    const again = all.register(reader, EVENT_READ)
    assertReady(all.select(0), [again, EVENT_READ])
    urgent.unregister(reader)
    assertWaits(urgent, 0.01)
  })

  it('does not take data for it', () => {
    const selector = create()
    const [reader, writer] = openUrgent()
    selector.register(reader, EVENT_PRIORITY)
    deliver(fixture, [reader, writer], 'x')
    assertWaits(selector, 0.01)
  })

  if (supports.asynchronous) {
    it('resolves selectAsync()', async () => {
      const selector = create()
      const [reader, writer] = openUrgent()
      const key = selector.register(reader, EVENT_PRIORITY)
      for (let round = 0; round < 5; round++) {
        const wait = begun(selector.selectAsync())
        writer.sendUrgent()
        assertReady(await wait, [key, EVENT_PRIORITY])
        reader.takeUrgent()
        assertReady(await selector.selectAsync({ timeout: 0.01 }))
      }
    })
  }

  function openUrgent(): [UrgentEnd, UrgentEnd] {
    return open() as [UrgentEnd, UrgentEnd]
  }
}
