import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { EDGE_TRIGGERED, EVENT_READ, EXCLUSIVE } from '../../program.js'
import { taskFor } from '../child.js'
import { assertEqual, assertReady, assertWaits, selectAtLeast } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { deliver } from '../flow.js'

const THREADS = 4
/** Seconds in which the threads usually get from their messages into the system call. */
const PAUSE = 0.1

/** EXCLUSIVE: of several selectors that wait for one file object, not all are woken. */
export function exclusive(fixture: Fixture): void {
  const { it, create, open, keep, subject, supports, startWorker } = fixture
  if (!(supports.modes & EXCLUSIVE)) return
  const events = EVENT_READ | EXCLUSIVE

  it('reports like any other, where nothing else waits', () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], events)
    assertReady(selector.select(0))
    deliver(fixture, ends, 'x')
    for (let again = 0; again < 3; again++) assertReady(selectAtLeast(selector, 1), [key, EVENT_READ])
    selector.unregister(ends[0])
    assertWaits(selector, 0.01)
  })

  it('comes and goes by modify()', () => {
    const selector = create()
    const ends = open()
    deliver(fixture, ends, 'x')
    selector.register(ends[0], EVENT_READ)
    for (const changed of [events, EVENT_READ, events | EDGE_TRIGGERED, events, EVENT_READ]) {
      if (changed & EDGE_TRIGGERED & ~supports.modes) continue
      const key = selector.modify(ends[0], changed)
      assertReady(selectAtLeast(selector, 1), [key, EVENT_READ])
    }
  })

  it('stays registered, whatever is closed beside it', () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], events)
    const [reader, writer] = open()
    selector.register(reader, EVENT_READ)
    const twin = keep(reader.dup())
    deliver(fixture, [twin, writer], 'x')
    reader.close()
    selector.unregister(reader)
    assertWaits(selector, 0.01)
    deliver(fixture, ends, 'x')
    assertReady(selectAtLeast(selector, 1), [key, EVENT_READ])
    assert.equal(selector.unregister(ends[0]), key)
    assertWaits(selector, 0.01)
  })

  it('takes a file object over that was closed and comes back under its number', () => {
    const selector = create()
    const [reader, writer] = open()
    selector.register(reader, events)
    const twin = keep(reader.dup())
    const fd = reader.fileno()
    reader.close()
    selector.unregister(fd)
    const again = keep(twin.dup())
    assertEqual(() => again.fileno(), fd)
    const key = selector.register(again, events)
    deliver(fixture, [again, writer], 'x')
    assertReady(selectAtLeast(selector, 1), [key, EVENT_READ])
  })

  if (supports.asynchronous && supports.modes & EDGE_TRIGGERED && supports.closed === 'forgotten') {
    it('is of no file that has got its number by the end of a loop, which was not given it', async () => {
      const selector = create()
      const stranger = open()
      const closed = [open(), open()] as const
      for (const ends of closed) {
        selector.register(ends[0], events | EDGE_TRIGGERED)
        deliver(fixture, ends, 'x')
      }
      const numbers = closed.map(([reader]) => reader.fileno())
      for await (const _ of selector) {
        for (const [reader] of closed) reader.close()
        const dups = closed.map(() => keep(stranger[0].dup()).fileno())
        assert.deepEqual(dups, numbers)
        break
      }
      deliver(fixture, stranger, 'x')
      assertReady(selector.select(0))
    })
  }

  if (subject.module === undefined) return

  for (const asynchronous of supports.asynchronous ? [false, true] : [false]) {
    it(`wakes fewer than all threads that wait ${asynchronous ? 'for selectAsync()' : 'in select()'}`, async () => {
      assert.equal(await countWoken(EVENT_READ, asynchronous, PAUSE), THREADS, 'without it all are woken')
      // On a busy machine a thread may not yet be waiting, and finds it too: so there are several tries.
      let fewest = THREADS
      for (let tries = 1; tries <= 5 && fewest === THREADS; tries++) {
        fewest = await countWoken(events, asynchronous, PAUSE * tries)
      }
      assert.ok(fewest >= 1 && fewest < THREADS, `${fewest} of ${THREADS} threads were woken`)
    })
  }

  /** How many of several threads are told of what arrives some seconds after they began to wait. */
  async function countWoken(mask: number, asynchronous: boolean, pause: number): Promise<number> {
    const [reader, writer] = open()
    // Each has one of its own too, which ends its wait at last: after a time of its own a slow thread would not wait any more.
    const others = Array.from({ length: THREADS }, () => open())
    const workers = await Promise.all(
      others.map(([other]) => {
        const task = taskFor(subject, [reader.fileno(), other.fileno()])
        return startWorker('select-once', { ...task, events: mask, asynchronous })
      }),
    )
    const answers = workers.map((worker) => keep(worker).message())
    await setTimeout(1000 * pause)
    writer.write('x')
    for (const [, end] of others) end.write('x')
    const batches = (await Promise.all(answers)) as [fd: number, mask: number][][]
    return batches.filter((batch) => batch.some(([fd]) => fd === reader.fileno())).length
  }
}
