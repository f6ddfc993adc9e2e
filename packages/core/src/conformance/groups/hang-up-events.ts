import { EVENT_ERROR, EVENT_HANGUP, EVENT_READ, EVENT_WRITE, ONE_SHOT } from '../../program.js'
import { sleep } from '../clock.js'
import { assertEqual, assertReady, assertWaits, SOON, selectUntil } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'
import { begun, deliver, drain } from '../flow.js'
import type { End } from '../subject.js'

const BOTH = EVENT_READ | EVENT_WRITE

/** EVENT_HANGUP and EVENT_ERROR: what a hang-up and an error are, beside that they count as reading and writing. */
export function hangUpEvents(fixture: Fixture): void {
  const { it, create, open, pair, supports } = fixture
  const { events } = supports

  if (events & EVENT_HANGUP) {
    it('reports a hang-up alone, and for as long as it lasts', () => {
      const selector = create()
      const ends = open()
      const key = selector.register(ends[0], EVENT_HANGUP)
      deliver(fixture, ends, 'data is none')
      assertWaits(selector, 0.01)
      ends[1].close()
      for (let again = 0; again < 3; again++) assertReady(selector.select(SOON), [key, EVENT_HANGUP])
      selector.unregister(ends[0])
      assertWaits(selector, 0.01)
    })

    it('reports a hang-up beside the data that came before it', () => {
      const selector = create()
      const ends = open()
      selector.register(ends[0], EVENT_READ | EVENT_HANGUP)
      deliver(fixture, ends, 'last words')
      assertEqual(() => maskOf(selector, EVENT_READ), EVENT_READ)
      ends[1].close()
      assertEqual(() => maskOf(selector, EVENT_READ | EVENT_HANGUP), EVENT_READ | EVENT_HANGUP)
      assertEqual(() => drain(ends[0]), 'last words')
      assertEqual(() => maskOf(selector, EVENT_READ | EVENT_HANGUP), EVENT_READ | EVENT_HANGUP)
    })

    if (pair.halfClose) {
      it('reports the end of what the other side sends, and that alone', () => {
        const selector = create()
        const [reader, writer] = open()
        selector.register(reader, BOTH | EVENT_HANGUP)
        selector.register(writer, EVENT_READ | EVENT_HANGUP)
        assertEqual(() => maskOf(selector, EVENT_WRITE), EVENT_WRITE)
        writer.finish?.()
        assertEqual(() => maskOf(selector, BOTH | EVENT_HANGUP), BOTH | EVENT_HANGUP)
        // The side that has stopped sending can still read.
        reader.write('answer')
        selector.unregister(reader)
        assertEqual(() => maskOf(selector, EVENT_READ), EVENT_READ)
      })
    }

    if (supports.asynchronous) {
      it('resolves selectAsync() by a hang-up alone', async () => {
        const selector = create()
        const ends = open()
        const key = selector.register(ends[0], EVENT_HANGUP)
        deliver(fixture, ends, 'data is none')
        assertReady(await selector.selectAsync({ timeout: 0.01 }))
        const wait = begun(selector.selectAsync())
        ends[1].close()
        assertReady(await wait, [key, EVENT_HANGUP])
      })
    }
  }

  if (events & EVENT_ERROR) {
    it('reports an error alone', () => {
      const selector = create()
      const ends = open()
      const key = selector.register(ends[1], EVENT_ERROR)
      // A stream that is closed with data that nobody has read is broken off.
      if (pair.duplex) deliver(fixture, [ends[0], ends[1]], 'unread')
      assertWaits(selector, 0.01)
      ends[0].close()
      for (let again = 0; again < 3; again++) assertReady(selector.select(SOON), [key, EVENT_ERROR])
    })
  }

  if (events & EVENT_ERROR && pair.duplex && supports.asynchronous && supports.modes & ONE_SHOT) {
    it('does not report an error that is gone, though an asynchronous wait has found it', async () => {
      const selector = create()
      const ends = open()
      deliver(fixture, ends, 'unread')
      ends[0].close()
      selector.register(open()[0], EVENT_READ | ONE_SHOT)
      selector.register(ends[1], EVENT_READ | EVENT_ERROR)
      const wait = begun(selector.selectAsync())
      // So that a helper thread, if there is one, looks before.
      sleep(0.01)
      takeError(ends[1])
      const other = create()
      other.register(ends[1], EVENT_READ | EVENT_ERROR)
      const [batch, expected] = [await wait, other.select(0)]
      assertEqual(() => batch[0]?.[1], expected[0]?.[1])
    })
  }

  if (events & EVENT_ERROR && events & EVENT_HANGUP) {
    it('reports an error beside the events that it counts as', () => {
      const selector = create()
      const ends = open()
      const wanted = EVENT_WRITE | EVENT_HANGUP | EVENT_ERROR
      selector.register(ends[1], wanted)
      assertEqual(() => maskOf(selector, EVENT_WRITE), EVENT_WRITE)
      deliver(fixture, ends, 'unread')
      ends[0].close()
      // A broken pipe is an error on some systems, a hang-up on others, or both.
      const certain = supports.hangUp || pair.duplex ? EVENT_WRITE | EVENT_ERROR : EVENT_WRITE
      const mask = maskOf(selector, certain)
      assertEqual(() => mask & ~(EVENT_HANGUP | EVENT_ERROR), EVENT_WRITE)
      assertEqual(() => mask !== EVENT_WRITE, true)
    })
  }

  it('reports neither to who does not ask', () => {
    const selector = create()
    const ends = open()
    selector.register(ends[0], BOTH)
    ends[1].close()
    assertEqual(() => maskOf(selector, EVENT_READ) & ~BOTH, 0)
  })

  /** What is ready of the only key that is, once this much of it is. */
  function maskOf(selector: Selector, expected: number): number {
    const batch = selectUntil(selector, ([first]) => first !== undefined && (first[1] & expected) === expected)
    assertEqual(() => batch.length, 1)
    return batch[0]?.[1] ?? 0
  }
}

/** Reads until the system says the error, once. */
function takeError(end: End): void {
  try {
    while (end.read()?.length);
  } catch {}
}
