import * as timers from 'node:timers'

// The one place that time and turns come from. A test may replace them (`mock.timers` of node:test, jest's and sinon's fake
// timers): then its clock is what timeouts go by, but what is ready is still reported as the system finds it.

/** A timer of any origin: those of browsers, which some tests bring along, are numbers. */
export interface Timer {
  keepAlive(on: boolean): void
  cancel(): void
}

/** Node's own, read before a test can replace them: a turn of the event loop is no time. */
export const { setImmediate, clearImmediate } = timers
const { setTimeout } = timers

const { hrtime } = process

/** Milliseconds of the monotonic clock, which no test stops. Not by `node:perf_hooks`, which takes milliseconds to load. */
export function now(): number {
  const [seconds, nanoseconds] = hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}

/** Starts a timer of the program's, which may be a test's. */
export function startTimer(over: () => void, ms: number): Timer {
  const { setTimeout, clearTimeout } = globalThis
  return timerOf(setTimeout(over, ms), clearTimeout)
}

/** Starts a timer of Node's own. */
export function startRealTimer(over: () => void, ms: number): Timer {
  return timerOf(setTimeout(over, ms), timers.clearTimeout)
}

function timerOf(timer: Partial<NodeJS.Timeout> | number, clear: (timer: never) => void): Timer {
  return {
    keepAlive(on) {
      if (typeof timer === 'number') return
      if (on) timer.ref?.()
      else timer.unref?.()
    },
    cancel: () => clear(timer as never),
  }
}
