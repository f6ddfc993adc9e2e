import { clearImmediate, setImmediate } from '../clock.js'
import type { Binding } from './native-binding.js'

/**
 * Calls back once, from the event loop. It does not hold the poller, which can be forgotten while nothing is armed.
 *
 * It is idle, armed (the binding calls it when something is found) or due (something was found at once: the next turn of the
 * event loop calls it). It is idle again right before it calls.
 */
export class Alarm {
  readonly #binding: Binding
  readonly #id: number
  #onReady: (() => void) | undefined
  #due: NodeJS.Immediate | undefined
  #keepAlive: boolean

  constructor(binding: Binding, id: number, keepAlive: boolean) {
    this.#binding = binding
    this.#id = id
    this.#keepAlive = keepAlive
  }

  get isIdle(): boolean {
    return this.#onReady === undefined
  }

  /** What the binding calls. */
  readonly goOff = (): void => {
    const onReady = this.#onReady
    this.#onReady = undefined
    onReady?.()
  }

  arm(onReady: () => void, isDue: boolean): void {
    this.#onReady = onReady
    clearImmediate(this.#due)
    this.#due = undefined
    if (!isDue) return
    this.#due = setImmediate(() => {
      this.#disarmBinding(true)
      this.goOff()
    })
    this.keepAlive(this.#keepAlive)
  }

  disarm(goesOff: boolean): void {
    this.#onReady = undefined
    this.#disarmBinding(goesOff)
  }

  keepAlive(on: boolean): void {
    this.#keepAlive = on
    if (on) this.#due?.ref()
    else this.#due?.unref()
  }

  #disarmBinding(goesOff: boolean): void {
    clearImmediate(this.#due)
    this.#due = undefined
    this.#binding.control[0] = this.#id
    this.#binding.control[3] = Number(goesOff)
    this.#binding.disarm()
  }
}
