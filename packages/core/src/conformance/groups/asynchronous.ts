import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { stopwatch } from '../clock.js'
import {
  assertEqual,
  assertIdle,
  assertReady,
  assertRejects,
  assertThrows,
  assertWaits,
  busyError,
  closedError,
  SOON,
  valueError,
} from '../expect.js'
import type { Fixture } from '../fixture.js'
import { begun, deliver, drain } from '../flow.js'

const A_WHILE = 0.03

/** selectAsync(): how it resolves, and what happens while it waits. */
export function asynchronous(fixture: Fixture): void {
  const { it, create, open, keep, supports } = fixture
  if (!supports.asynchronous) {
    it('is refused', async () => {
      await assertRejects(create().selectAsync(), { name: 'SystemError', code: 'ENOTSUP' })
    })
    return
  }

  it('resolves to what is ready, with its key, as often as it is not consumed', async () => {
    const selector = create()
    const [reader, writer] = open()
    const idle = selector.register(open()[0], EVENT_READ)
    const key = selector.register(reader, EVENT_READ, 'data')
    deliver(fixture, [reader, writer], 'x')
    for (let again = 0; again < 3; again++) {
      assertReady(await selector.selectAsync(), [key, EVENT_READ])
      assertEqual(() => selector.timedOut, false)
    }
    const { duplex, vague } = fixture.pair
    const other = selector.modify(idle.fd, EVENT_READ | EVENT_WRITE)
    const batch = await selector.selectAsync({ timeout: 1 })
    assertReady(batch, [key, EVENT_READ], ...(duplex || vague ? [[other, EVENT_WRITE] as const] : []))
    assertEqual(() => drain(reader), 'x')
  })

  it('resolves when something becomes ready', async () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, EVENT_READ)
    for (const timeout of [undefined, null, Number.POSITIVE_INFINITY, 30, 2 ** 31 / 1000, 2_200_000, 1e10]) {
      const elapsed = stopwatch()
      const wait = begun(selector.selectAsync({ timeout }))
      await Promise.race([wait, setTimeout(10)])
      writer.write('x')
      assertReady(await wait, [key, EVENT_READ])
      assert.ok(elapsed() < SOON, `${elapsed()} s`)
      assertEqual(() => drain(reader), 'x')
    }
  })

  for (const timeout of [0.0001, 0.001, 0.0205, 0.05]) {
    it(`resolves to nothing after ${timeout} s, never earlier`, async () => {
      const selector = create()
      selector.register(open()[0], EVENT_READ)
      const elapsed = stopwatch()
      assertReady(await selector.selectAsync({ timeout }))
      const seconds = elapsed()
      assertEqual(() => selector.timedOut, true)
      assert.ok(seconds >= timeout, `${timeout} s were over after ${seconds} s`)
      assert.ok(seconds < timeout + SOON, `${timeout} s took ${seconds} s`)
    })
  }

  it('does not wait when the timeout is 0 or less, and resolves in a later turn of the event loop', async () => {
    const selector = create()
    const key = selector.register(open()[1], EVENT_WRITE)
    for (const timeout of [0, -1, Number.NEGATIVE_INFINITY]) {
      let turned = false
      const wait = begun(selector.selectAsync({ timeout }))
      setImmediate(() => {
        turned = true
      })
      assertReady(await wait, [key, EVENT_WRITE])
      await new Promise(setImmediate)
      assert.ok(turned)
    }
    selector.unregister(key.fd)
    assertReady(await selector.selectAsync({ timeout: 0 }))
  })

  it('leaves other work its turn, however much is ready', async () => {
    const selector = create()
    selector.register(open()[1], EVENT_WRITE)
    let turns = 0
    let timers = 0
    const turn = () => setImmediate(() => ++turns < 1000 && turn())
    turn()
    const timer = setInterval(() => timers++, 1)
    // Even if the test fails.
    keep({ close: () => clearInterval(timer) })
    const elapsed = stopwatch()
    for (let waits = 0; waits < 200 || (elapsed() < SOON && timers < 3); waits++) {
      const batch = await selector.selectAsync()
      assertEqual(() => batch.length, 1)
    }
    assert.ok(turns >= 100, `${turns} turns in 200 waits`)
    assert.ok(timers >= 3, `${timers} timers`)
    turns = 1000
  })

  it('takes no processor time while it waits', async () => {
    const selector = create()
    selector.register(open()[0], EVENT_READ)
    await assertIdle(async (timeout) => assertReady(await selector.selectAsync({ timeout })))
  })

  it('sees at once what is registered, modified and unregistered while it waits', async () => {
    const selector = create()
    const [reader, writer] = open()
    const [, other] = open()
    selector.register(reader, EVENT_READ)
    const registered = begun(selector.selectAsync())
    await setTimeout(1)
    const first = selector.register(other, EVENT_WRITE)
    assertReady(await registered, [first, EVENT_WRITE])
    selector.modify(other, EVENT_READ)
    const modified = begun(selector.selectAsync())
    await setTimeout(1)
    const second = selector.modify(other, EVENT_WRITE)
    assertReady(await modified, [second, EVENT_WRITE])
    selector.unregister(other)
    const unregistered = begun(selector.selectAsync({ timeout: A_WHILE }))
    await setTimeout(1)
    selector.unregister(reader)
    deliver(fixture, [reader, writer], 'x')
    assertReady(await unregistered)
  })

  it('shares the registrations with select(), which may be called while it waits', async () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], EVENT_READ)
    const wait = begun(selector.selectAsync())
    await setTimeout(1)
    assertWaits(selector, A_WHILE)
    deliver(fixture, ends, 'x')
    assertReady(selector.select(0), [key, EVENT_READ])
    assertReady(await wait, [key, EVENT_READ])
  })

  it('is refused while another one is going on, which goes on', async () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, EVENT_READ)
    const first = begun(selector.selectAsync())
    await assertRejects(selector.selectAsync({ timeout: 0 }), busyError)
    await assertRejects(selector.selectAsync(), busyError)
    writer.write('x')
    assertReady(await first, [key, EVENT_READ])
    assertReady(await selector.selectAsync(), [key, EVENT_READ])
  })

  it('refuses invalid options, timeouts and signals, and leaves everything as it was', async () => {
    const selector = create()
    const key = selector.register(open()[1], EVENT_WRITE)
    for (const timeout of [Number.NaN, '1', 1n, {}]) {
      await assertRejects(selector.selectAsync({ timeout: timeout as never }), valueError)
    }
    for (const options of [0.1, '1', null, true]) {
      const culprit = new RegExp(`^Invalid options: .* got ${JSON.stringify(options)}$`)
      await assertRejects(selector.selectAsync(options as never), { ...valueError, message: culprit })
      assertThrows(() => selector.events(options as never), { ...valueError, message: culprit })
    }
    for (const signal of [1, 'signal', null, {}, { throwIfAborted() {} }, new AbortController()]) {
      await assertRejects(selector.selectAsync({ signal: signal as never }), valueError)
      assertThrows(() => selector.events({ signal: signal as never }), valueError)
    }
    assertReady(await selector.selectAsync(), [key, EVENT_WRITE])
  })

  it('rejects when the selector is closed, before it waits and while it does', async () => {
    for (const timeout of [undefined, 0, 30]) {
      const selector = create()
      selector.register(open()[0], EVENT_READ)
      const wait = begun(selector.selectAsync({ timeout }))
      selector.close()
      await assertRejects(wait, closedError)
      await assertRejects(selector.selectAsync({ timeout: Number.NaN }), closedError)
    }
  })

  it('rejects with the reason of its signal, and loses nothing', async () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], EVENT_READ)
    for (const timeout of [undefined, 0, 30]) {
      const controller = new AbortController()
      const wait = begun(selector.selectAsync({ timeout, signal: controller.signal }))
      controller.abort('reason')
      if (timeout === undefined) deliver(fixture, ends, 'x')
      await assertRejects(wait, (reason) => reason === 'reason')
      await assertRejects(selector.selectAsync({ signal: controller.signal }), (reason) => reason === 'reason')
      assertReady(await selector.selectAsync(), [key, EVENT_READ])
    }
  })

  it('lets go of a signal that is not aborted', async () => {
    const selector = create()
    selector.register(open()[1], EVENT_WRITE)
    const { signal } = new AbortController()
    for (const timeout of [undefined, 0, 1]) await selector.selectAsync({ timeout, signal })
    assertEqual(() => getEventListeners(signal, 'abort').length, 0)
  })

  it('has one listener for all selectors that wait with the same signal, and none afterwards', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const waits = Array.from({ length: 12 }, () => create().selectAsync({ signal }))
    assertEqual(() => getEventListeners(signal, 'abort').length, 1)
    controller.abort('reason')
    for (const wait of waits) await assertRejects(wait, (reason) => reason === 'reason')
    assertEqual(() => getEventListeners(signal, 'abort').length, 0)
  })

  it('lets a test that has replaced the timers decide when a timeout is over, but not what is ready', async () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, EVENT_READ)
    const replaced = replaceTimers()
    try {
      for (const timeout of [60, 0.5, 3_000_000]) {
        const wait = begun(selector.selectAsync({ timeout }))
        assert.ok(replaced.advance(timeout * 1000), 'no timer, or a longer one')
        assertReady(await wait)
      }
      assertReady(await selector.selectAsync({ timeout: 0 }))
      const wait = begun(selector.selectAsync({ timeout: 60 }))
      writer.write('x')
      assertReady(await wait, [key, EVENT_READ])
      assertReady(await selector.selectAsync(), [key, EVENT_READ])
      assert.ok(!replaced.advance(60_000), 'a timer was left behind')
    } finally {
      replaced.restore()
    }
  })

  it('waits in many selectors at once', async () => {
    const all = Array.from({ length: 20 }, () => {
      const selector = create()
      const [reader, writer] = open()
      return { writer, key: selector.register(reader, EVENT_READ), wait: begun(selector.selectAsync()) }
    })
    for (const { writer } of [...all].reverse()) writer.write('x')
    for (const { key, wait } of all) assertReady(await wait, [key, EVENT_READ])
  })
}

/** Replaces the program's timers with some that go off only when told to, and its immediates with some that never do. */
function replaceTimers() {
  const { setTimeout, clearTimeout, setImmediate } = globalThis
  const timers = new Set<{ callback(): void; ms: number }>()
  const replacement = {
    setTimeout(callback: () => void, ms: number) {
      const timer = { callback, ms }
      timers.add(timer)
      return timer
    },
    clearTimeout: (timer: never) => timers.delete(timer),
    setImmediate: () => ({}),
  }
  Object.assign(globalThis, replacement)
  return {
    /** Lets so much time pass; says whether there was a timer, and each has ended. */
    advance(ms: number): boolean {
      const started = timers.size > 0
      while (timers.size > 0) {
        for (const timer of timers) {
          if (timer.ms > ms) return false
          ms -= timer.ms
          timers.delete(timer)
          timer.callback()
        }
      }
      return started
    },
    restore: () => Object.assign(globalThis, { setTimeout, clearTimeout, setImmediate }),
  }
}
