import { getEventListeners } from 'node:events'
import type { BaseSelector, FileObject, Ready } from '@selectors/core'
import { Mismatch } from '../mismatch.js'

/** Seconds. */
export type Timeout = number | null | undefined

/** An asynchronous wait that goes on, and what can end it. */
export class AsyncWait {
  readonly #controller = new AbortController()
  readonly #promise: Promise<Ready[]>
  readonly hasTimeout: boolean
  readonly #timeout: number
  readonly #began = process.hrtime.bigint()
  #ended = this.#began
  readonly #patience: number

  /**
   * @param timeout seconds; of `null` and Infinity there is no end
   * @param patience milliseconds that it may take when it has to end
   */
  constructor(selector: BaseSelector<unknown, FileObject>, timeout: Timeout, patience: number) {
    this.#patience = patience
    this.#timeout = timeout ?? Number.POSITIVE_INFINITY
    this.hasTimeout = Number.isFinite(this.#timeout)
    this.#promise = selector.selectAsync({ timeout, signal: this.#controller.signal })
    const note = () => {
      this.#ended = process.hrtime.bigint()
    }
    // Looked at later.
    this.#promise.then(note, note)
    if (listeners(this.#controller) > 1) throw new Mismatch('it has more than one listener on its signal')
  }

  /** @throws {Mismatch} if it does not end, or what it is rejected with */
  async end(): Promise<Ready[]> {
    const result = inTime(this.#promise, this.#patience)
    await result.catch((error) => {
      if (error instanceof Mismatch) throw error
    })
    if (listeners(this.#controller) > 0) throw new Mismatch('it has left a listener on its signal')
    return result
  }

  /** Looks whether it is over at the earliest when its timeout is. @throws {Mismatch} */
  checkTime(): void {
    const seconds = Number(this.#ended - this.#began) / 1e9
    if (seconds < this.#timeout) throw new Mismatch(`${this.#timeout} s were over after ${seconds} s`)
  }

  /**
   * Ends it, which is rejected with the reason; or returns what it has found before.
   *
   * @param mayRefuse whether it may be refused because of a closed descriptor
   */
  async abort(mayRefuse: boolean): Promise<Ready[] | undefined> {
    const reason = {}
    this.#controller.abort(reason)
    try {
      return await this.end()
    } catch (ended) {
      const isRefused = mayRefuse && (ended as NodeJS.ErrnoException).code === 'EBADF'
      if (ended !== reason && !isRefused) throw new Mismatch(`the aborted wait ends with ${ended}`)
      return undefined
    }
  }
}

/** How many wait for an abortion. */
export function listeners({ signal }: AbortController): number {
  return getEventListeners(signal, 'abort').length
}

/** @throws {Mismatch} if it does not end in so many milliseconds */
export async function inTime<Value>(promise: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Mismatch('the asynchronous wait does not end')), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
