import { performance } from 'node:perf_hooks'
import { clearImmediate, clearTimeout, setImmediate, setTimeout } from 'node:timers'

/** Longer timers, of some 24 days, would end at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Calls once when a time has passed: never early, however long it is, and never in the same turn of the event loop. */
export class Countdown {
  readonly #over: () => void
  /** In the milliseconds of `performance.now()`. */
  readonly #end: number
  #keepAlive: boolean
  #timer: NodeJS.Timeout | undefined
  /** In the place of a timer of no time. */
  readonly #turn: NodeJS.Immediate | undefined

  /** @param seconds 0 or more */
  constructor(seconds: number, over: () => void, keepAlive: boolean) {
    this.#over = over
    this.#end = performance.now() + seconds * 1000
    this.#keepAlive = keepAlive
    if (seconds === 0) this.#turn = setImmediate(over)
    else this.#timer = this.#startTimer()
    this.keepAlive(keepAlive)
  }

  keepAlive(on: boolean): void {
    this.#keepAlive = on
    for (const timer of [this.#timer, this.#turn]) {
      if (on) timer?.ref()
      else timer?.unref()
    }
  }

  cancel(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#turn)
  }

  #startTimer(): NodeJS.Timeout {
    const left = Math.ceil(this.#end - performance.now())
    return setTimeout(() => this.#look(), Math.min(Math.max(left, 0), LONGEST_TIMER))
  }

  /** Timers count in milliseconds of the loop's own clock, which may be behind. */
  #look(): void {
    if (performance.now() >= this.#end) {
      this.#over()
    } else {
      this.#timer = this.#startTimer()
      this.keepAlive(this.#keepAlive)
    }
  }
}
