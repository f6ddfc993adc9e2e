import { setImmediate } from 'node:timers/promises'
import { Countdown } from '@selectors/core'

// Over timers that the program has replaced, as a test does: each says what it was given, and goes off when it is told to.

interface Replaced {
  readonly ms: number
  readonly goOff: () => void
  kept: boolean
}

const real = globalThis.setTimeout
let started: Replaced[] = []
beforeEach(() => {
  started = []
  globalThis.setTimeout = ((goOff: () => void, ms: number) => {
    const timer = { ms, goOff, kept: true, ref: () => (timer.kept = true), unref: () => (timer.kept = false) }
    started.push(timer)
    return timer
  }) as unknown as typeof setTimeout
})
afterEach(() => {
  globalThis.setTimeout = real
})

it('takes as many timers as a long time needs, none too long for Node', () => {
  const days = 60
  const over = jest.fn()
  new Countdown(days * 86_400, over, true)
  for (let i = 0; i < started.length; i++) {
    expect(over).not.toHaveBeenCalled()
    started[i]?.goOff()
  }
  expect(over).toHaveBeenCalledTimes(1)
  expect(started.length).toBeGreaterThan(2)
  expect(started.reduce((sum, { ms }) => sum + ms, 0)).toBe(days * 86_400_000)
  for (const { ms } of started) expect(ms).toBeLessThanOrEqual(2 ** 31 - 1)
})

it('is not over by a timer that ends early', () => {
  const over = jest.fn()
  // On a busy machine the moment right before its end may be missed.
  for (let tries = 0, wasEarly = false; !wasEarly; tries++) {
    const start = performance.now()
    new Countdown(0.005, over, true)
    while (performance.now() - start < 3);
    started[tries]?.goOff()
    wasEarly = performance.now() - start < 5
    if (wasEarly) expect(over).toHaveBeenCalledTimes(0)
    over.mockClear()
  }
})

it('is over in time all the same', async () => {
  globalThis.setTimeout = ((goOff: () => void, ms: number) => real(goOff, ms - 2)) as typeof setTimeout
  const start = performance.now()
  await new Promise<void>((resolve) => new Countdown(0.02, resolve, true))
  expect(performance.now() - start).toBeGreaterThanOrEqual(20)
})

it('is over at once where a test has moved its clock on', () => {
  const over = jest.fn()
  new Countdown(1000, over, true)
  started[0]?.goOff()
  expect(over).toHaveBeenCalledTimes(1)
})

it('never calls once it is cancelled, whether or not its timer can be', async () => {
  const over = jest.fn()
  const later = new Countdown(1000, over, true)
  const soon = new Countdown(0, over, true)
  for (const countdown of [later, soon]) countdown.cancel()
  started[0]?.goOff()
  await setImmediate()
  await setImmediate()
  expect(over).not.toHaveBeenCalled()
})

it('keeps the event loop alive as it was told to, and its next timers too', () => {
  const countdown = new Countdown(60 * 86_400, () => {}, false)
  expect(started.map(({ kept }) => kept)).toEqual([false])
  started[0]?.goOff()
  expect(started.map(({ kept }) => kept)).toEqual([false, false])
  countdown.keepAlive(true)
  started[1]?.goOff()
  expect(started.map(({ kept }) => kept)).toEqual([false, true, true])
})

it('of no time keeps the event loop going for one turn, or does not', () => {
  const kept = () => process.getActiveResourcesInfo().filter((name) => name === 'Immediate').length
  const before = kept()
  const countdowns = [true, false].map((keepAlive) => new Countdown(0, () => {}, keepAlive))
  expect(kept()).toBe(before + 1)
  for (const [i, countdown] of countdowns.entries()) countdown.keepAlive(i > 0)
  expect(kept()).toBe(before + 1)
  countdowns[0]?.keepAlive(true)
  expect(kept()).toBe(before + 2)
  for (const countdown of countdowns) countdown.cancel()
  expect(kept()).toBe(before)
})
