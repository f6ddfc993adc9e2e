import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { WakeHandle } from '../../contract/wake-handle.js'
import { EVENT_PRIORITY, EVENT_READ, EVENT_WRITE } from '../../program.js'
import { taskFor } from '../child.js'
import { sleep, stopwatch, timed } from '../clock.js'
import {
  assertEnds,
  assertEqual,
  assertReady,
  assertRejects,
  assertSays,
  assertSystemError,
  assertThrows,
  assertWaits,
  closedError,
  keyError,
  NOT_OPEN,
  SOON,
} from '../expect.js'
import type { Fixture } from '../fixture.js'
import { begun, deliver } from '../flow.js'

const A_WHILE = 0.03

/** wakeup() and waker(): waits that end early. */
export function waking(fixture: Fixture): void {
  const { it, create, open, subject, supports, startWorker } = fixture
  if (!supports.wakeup) {
    it('is refused', () => {
      const notSupported = { name: 'SystemError', code: 'ENOTSUP' }
      assertThrows(() => create().wakeup(), notSupported)
      assertThrows(() => create().waker(), notSupported)
    })
    return
  }

  for (const timeout of [undefined, 30, 0]) {
    it(`ends the next wait at once, and no other, with the timeout ${timeout}`, () => {
      const selector = create()
      selector.register(open()[0], EVENT_READ)
      for (let calls = 1; calls < 4; calls++) {
        for (let again = 0; again < calls; again++) selector.wakeup()
        const [batch, seconds] = timed(() => selector.select(timeout))
        assertReady(batch)
        assert.ok(seconds < SOON, `${seconds} s`)
        assertWaits(selector, A_WHILE)
      }
    })
  }

  it('is not a file object: it is neither registered nor reported', () => {
    const selector = create()
    const ends = open()
    deliver(fixture, ends, 'x')
    const key = selector.register(ends[0], EVENT_READ)
    selector.wakeup()
    assert.deepEqual([...selector.getMap().keys()], [key.fd])
    assertReady(selector.select(), [key, EVENT_READ])
    // That was the one wait.
    selector.unregister(key.fd)
    assertWaits(selector, A_WHILE)
  })

  it('is told from a timeout, also where something is ready', () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], EVENT_READ)
    for (const timeout of [undefined, 30, 0]) {
      assertReady(selector.select(0))
      assertEqual(() => selector.timedOut, true)
      selector.wakeup()
      assertReady(selector.select(timeout))
      assertEqual(() => selector.timedOut, false)
    }
    deliver(fixture, ends, 'x')
    selector.wakeup()
    assertReady(selector.select(), [key, EVENT_READ])
    assertEqual(() => selector.timedOut, false)
  })

  it('hides nothing, however much is registered and ready', () => {
    // On both sides of where a buffer may end.
    const writers = Array.from({ length: 65 }, () => open()[1])
    for (const count of [1, 15, 16, 17, 31, 32, 33, 63, 64, 65]) {
      const selector = create()
      const keys = writers.slice(0, count).map((writer) => selector.register(writer, EVENT_WRITE))
      const all = keys.map((key) => [key, EVENT_WRITE] as const)
      selector.wakeup()
      assertReady(selector.select(), ...all)
      // That was the one wait.
      assertReady(selector.select(), ...all)
      for (const { fd } of keys) selector.modify(fd, EVENT_READ)
      selector.wakeup()
      assertReady(selector.select())
      assertReady(selector.select(0))
      selector.close()
    }
  })

  it('has one handle for the life of the selector', () => {
    const selector = create()
    const handle = selector.waker()
    selector.wakeup()
    assert.deepEqual(selector.waker(), handle)
    selector.select(0)
    assert.deepEqual(selector.waker(), handle)
  })

  it('outlives a descriptor that was closed while it was registered, whose number it may have got', () => {
    const selector = create()
    const [reader] = open()
    const key = selector.register(reader, EVENT_READ)
    reader.close()
    selector.wakeup()
    selector.unregister(key.fd)
    for (let again = 0; again < 2; again++) {
      const [batch, seconds] = timed(() => selector.select(2 * SOON))
      assertReady(batch)
      assert.ok(seconds < SOON, `${seconds} s`)
      selector.wakeup()
    }
  })

  // Of the numbers that are free, the lowest is taken first.
  for (const order of ['first', 'second']) {
    it(`takes no number of what was closed while it was registered, were it the ${order}`, () => {
      const [free] = open()
      const [closed] = open()
      const selector = create()
      const key = selector.register(closed, EVENT_READ)
      if (order === 'second') free.close()
      closed.close()
      selector.wakeup()
      // Twice: while the wake-up is pending, what ends the wait may look like the closed one.
      for (let again = 0; again < 2; again++) {
        if (supports.closed === 'refused') {
          assertSystemError(() => selector.select(0), NOT_OPEN, key.fd, 'closed')
        } else if (supports.closed === 'forgotten') {
          assertReady(selector.select(0))
        } else {
          assertReady(selector.select(0), [key, EVENT_READ])
        }
      }
    })
  }

  it('is refused once the selector is closed, and may come before', () => {
    const selector = create()
    selector.wakeup()
    selector.waker()
    selector.close()
    assertThrows(() => selector.wakeup(), closedError)
    assertThrows(() => selector.waker(), closedError)
  })

  it('has one handle for the life of the selector', () => {
    const selector = create()
    assert.deepEqual(selector.waker(), selector.waker())
  })

  if (supports.asynchronous) {
    it('ends an asynchronous wait, and no other', async () => {
      const selector = create()
      selector.register(open()[0], EVENT_READ)
      const wait = begun(selector.selectAsync())
      await setTimeout(1)
      selector.wakeup()
      assertReady(await wait)
      assertEqual(() => selector.timedOut, false)
      for (const timeout of [undefined, 30]) {
        selector.wakeup()
        assertReady(await selector.selectAsync({ timeout }))
        assertEqual(() => selector.timedOut, false)
      }
      const elapsed = stopwatch()
      assertReady(await selector.selectAsync({ timeout: A_WHILE }))
      assertEqual(() => selector.timedOut, true)
      assert.ok(elapsed() >= A_WHILE, `${elapsed()} s`)
    })

    for (const [when, before] of [
      ['just begun', () => {}],
      ['in its sleep', () => setTimeout(5)],
    ] as const) {
      it(`ends an asynchronous wait ${when}, whatever looks come in between, and no other`, async () => {
        const selector = create()
        selector.register(open()[0], EVENT_READ)
        const [other] = open()
        for (let looks = 0; looks < 8; looks++) {
          const elapsed = stopwatch()
          const wait = begun(selector.selectAsync({ timeout: 2 * SOON }))
          await before()
          selector.wakeup()
          for (let look = 0; look < looks; look++) {
            assertReady(selector.select(0))
            selector.register(other, EVENT_READ)
            selector.unregister(other)
          }
          assertReady(await wait)
          assert.ok(elapsed() < SOON, `${elapsed()} s`)
          assertWaits(selector, A_WHILE)
        }
      })

      it(`ends a blocking wait beside an asynchronous one ${when} once for each time`, async () => {
        const selector = create()
        selector.register(open()[0], EVENT_READ)
        const wait = begun(selector.selectAsync())
        // Else its rejection would hide why the test has failed.
        wait.catch(() => {})
        await before()
        for (let again = 0; again < 2; again++) {
          selector.wakeup()
          const [, seconds] = timed(() => selector.select(2 * SOON))
          assert.ok(seconds < SOON, `${seconds} s`)
          assertWaits(selector, A_WHILE)
        }
        assertReady(await wait)
        assertWaits(selector, A_WHILE)
      })

      it(`is left to the next wait by an asynchronous one that is aborted ${when}, unless a look took it`, async () => {
        const selector = create()
        selector.register(open()[0], EVENT_READ)
        for (const looks of [false, true]) {
          const controller = new AbortController()
          const wait = begun(selector.selectAsync({ signal: controller.signal }))
          await before()
          selector.wakeup()
          if (looks) selector.select(0)
          controller.abort('reason')
          await assertRejects(wait, (reason) => reason === 'reason')
          if (!looks) assertReady(selector.select(2 * SOON))
          assertWaits(selector, A_WHILE)
        }
      })
    }

    it('ends what was due at once, though a look took it', async () => {
      const selector = create()
      selector.register(open()[0], EVENT_READ)
      selector.wakeup()
      const elapsed = stopwatch()
      const wait = begun(selector.selectAsync({ timeout: 2 * SOON }))
      selector.select(0)
      assertReady(await wait)
      assert.ok(elapsed() < SOON, `${elapsed()} s`)
      assertWaits(selector, A_WHILE)
    })

    it('is told from a timeout by a wait whose time is over, though a look took it', async () => {
      const selector = create()
      selector.register(open()[0], EVENT_READ)
      for (let again = 0; again < 3; again++) {
        const wait = begun(selector.selectAsync({ timeout: 0.001 }))
        selector.wakeup()
        assertReady(selector.select(0))
        sleep(0.002)
        assertReady(await wait)
        assertEqual(() => selector.timedOut, false)
        assertWaits(selector, A_WHILE)
      }
    })

    if (supports.closed === 'refused') {
      it('is done with once a look took it and the asynchronous wait is refused', async () => {
        const selector = create()
        const [reader] = open()
        selector.register(reader, EVENT_READ)
        const wait = begun(selector.selectAsync())
        selector.wakeup()
        assertReady(selector.select(0))
        reader.close()
        await assertRejects(wait, ({ code }: NodeJS.ErrnoException) => NOT_OPEN.includes(String(code)))
        selector.unregister(reader)
        assertWaits(selector, A_WHILE)
      })
    }

    it('is taken by a wait whose time is over', async () => {
      const selector = create()
      selector.register(open()[0], EVENT_READ)
      for (const timeout of [0, 0.001]) {
        const wait = begun(selector.selectAsync({ timeout }))
        sleep(2 * timeout)
        selector.wakeup()
        assertReady(await wait)
        assertWaits(selector, A_WHILE)
      }
    })

    if (!supports.unopened) {
      for (const side of [0, 1] as const) {
        it(`has no descriptor that can be registered, by a number that was closed (${side})`, async () => {
          const selector = create()
          const ends = open()
          const fd = ends[side].fileno()
          const wait = begun(selector.selectAsync())
          for (const end of ends) end.close()
          // A helper thread may be made for that, and a descriptor that wakes it: the lowest that is free.
          const events = EVENT_READ | (supports.events & EVENT_PRIORITY)
          assertThrows(
            () => selector.register(fd, events),
            (error: Error) => error.name === 'SystemError',
          )
          assertThrows(() => selector.unregister(fd), keyError)
          selector.wakeup()
          assertReady(await wait)
        })
      }
    }

    it('does not end an iteration', async () => {
      const selector = create()
      const [reader, writer] = open()
      const key = selector.register(reader, EVENT_READ)
      const next = begun(selector.events().next())
      for (let again = 0; again < 3; again++) {
        selector.wakeup()
        await setTimeout(1)
      }
      writer.write('x')
      assertReady([(await next).value], [key, EVENT_READ])
    })
  }

  if (subject.module === undefined) return
  const task = taskFor(subject, [], A_WHILE)

  it('is done by another thread, while this one is blocked', async () => {
    const selector = create()
    selector.register(open()[0], EVENT_READ)
    const worker = await startWorker('wake', { ...task, handle: selector.waker() })
    const [batch, seconds] = timed(() => selector.select())
    assertReady(batch)
    assert.ok(seconds < A_WHILE + SOON, `${seconds} s`)
    await assertSays(worker, true)
    assertWaits(selector, A_WHILE)
  })

  if (supports.asynchronous) {
    it('is done by another thread to an asynchronous wait, whatever looks come in between', async () => {
      const selector = create()
      selector.register(open()[0], EVENT_READ)
      const worker = await startWorker('wake', { ...task, handle: selector.waker() })
      const elapsed = stopwatch()
      const wait = begun(selector.selectAsync({ timeout: 2 * SOON }))
      while (elapsed() < 2 * A_WHILE) assertReady(selector.select(A_WHILE / 10))
      assertReady(await wait)
      assert.ok(elapsed() < SOON, `${elapsed()} s`)
      await assertEnds(worker, 0)
    })
  }

  it('is done by many threads at once, and none is lost', async () => {
    const selector = create()
    const counter = new Int32Array(new SharedArrayBuffer(8))
    const often = { ...task, handle: selector.waker(), counter, times: 1000 }
    const workers = [await startWorker('wake-often', often), await startWorker('wake-often', often)]
    // Each thread counts before it wakes.
    while (Atomics.load(counter, 0) < workers.length * often.times) {
      const [batch, seconds] = timed(() => selector.select(2 * SOON))
      assertReady(batch)
      assert.ok(seconds < SOON, `not woken for ${seconds} s`)
      // Each thread has waited for that: there is no other wake-up that could stand in for a lost one.
      Atomics.add(counter, 1, 1)
      Atomics.notify(counter, 1)
    }
    for (const worker of workers) await assertEnds(worker, 0)
  })

  it('does nothing by the handle of a closed selector, nor to one that has its numbers', async () => {
    const closed = create()
    const handle = closed.waker()
    closed.waker()
    closed.close()
    const selector = create()
    assert.notDeepEqual(selector.waker(), handle)
    const worker = await startWorker('wake', { ...task, handle })
    assertWaits(selector, 2 * A_WHILE)
    await assertSays(worker, false)
    await assertEnds(worker, 0)
  })

  it('does nothing by a handle that nobody gave out', async () => {
    // The one with the lowest number, and others.
    const selectors = [create(), create(), create()]
    const [handle] = selectors.map((selector) => selector.waker())
    const worker = await startWorker('forge', { ...task, handle: handle as WakeHandle })
    await assertSays(worker, [])
    for (const selector of selectors) assertWaits(selector, A_WHILE)
  })
}
