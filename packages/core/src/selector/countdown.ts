import { clearImmediate, now, setImmediate, startRealTimer, startTimer, type Timer } from '../clock.js'

/** Longer timers, of some 24 days, would end at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** Timers count whole milliseconds of a clock that may lag behind, so they end up to two early. Milliseconds. */
const EARLIEST = 4

/**
 * Calls once when a time has passed: never early, however long it is, and never in the same turn of the event loop.
 *
 * The program's timers say when, so that a test that has replaced them decides. Node's own are checked against the clock.
 */
export class Countdown {
  readonly #over: () => void
  #keepAlive: boolean
  /** Milliseconds that the timer does not count. */
  #left: number
  #timer: Timer | undefined
  /** Takes the place of a timer where there is no time to pass. */
  readonly #turn: NodeJS.Immediate | undefined
  #cancelled = false

  /** @param seconds 0 or more */
  constructor(seconds: number, over: () => void, keepAlive: boolean) {
    this.#over = over
    this.#left = seconds * 1000
    this.#keepAlive = keepAlive
    if (seconds === 0) this.#turn = setImmediate(over)
    else this.#startTimer()
    this.keepAlive(keepAlive)
  }

  /** Says whether the event loop goes on for as long as the time has not passed. */
  keepAlive(on: boolean): void {
    this.#keepAlive = on
    this.#timer?.keepAlive(on)
    if (on) this.#turn?.ref()
    else this.#turn?.unref()
  }

  /** Lets the time pass without a call. */
  cancel(): void {
    this.#cancelled = true
    this.#timer?.cancel()
    clearImmediate(this.#turn)
  }

  #startTimer(): void {
    const ms = Math.min(this.#left, LONGEST_TIMER)
    this.#left -= ms
    const end = now() + ms
    this.#timer = startTimer(() => this.#look(end), Math.ceil(ms))
  }

  /** @param end when the timer should have ended, at the earliest */
  #look(end: number): void {
    // A test may have replaced setTimeout() but not clearTimeout().
    if (this.#cancelled) return
    const left = end - now()
    // A timer that ends much too early is not Node's: a test has moved its own clock on.
    if (left > 0 && left <= EARLIEST) this.#timer = startRealTimer(() => this.#look(end), Math.ceil(left))
    else if (this.#left > 0) this.#startTimer()
    else this.#over()
    this.#timer?.keepAlive(this.#keepAlive)
  }
}
