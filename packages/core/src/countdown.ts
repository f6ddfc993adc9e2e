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
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined

  /** @param seconds 0 or more */
  constructor(seconds: number, over: () => void, keepAlive: boolean) {
    this.#over = over
    this.#keepAlive = keepAlive
    this.#end = performance.now() + seconds * 1000
    this.#set(seconds === 0 ? setImmediate(over) : this.#startTimer())
  }

  keepAlive(on: boolean): void {
    this.#keepAlive = on
    if (on) this.#timer?.ref()
    else this.#timer?.unref()
  }

  cancel(): void {
    // Each takes the other's for none.
    clearTimeout(this.#timer as NodeJS.Timeout)
    clearImmediate(this.#timer as NodeJS.Immediate)
  }

  #set(timer: NodeJS.Timeout | NodeJS.Immediate): void {
    this.#timer = timer
    this.keepAlive(this.#keepAlive)
  }

  #startTimer(): NodeJS.Timeout {
    const left = Math.ceil(this.#end - performance.now())
    return setTimeout(() => this.#look(), Math.min(Math.max(left, 0), LONGEST_TIMER))
  }

  /** Timers count in milliseconds of the loop's own clock, which may be behind. */
  #look(): void {
    if (performance.now() >= this.#end) this.#over()
    else this.#set(this.#startTimer())
  }
}
