import type { BaseSelector, FileObject, Ready } from '@selectors/core'
import { Mismatch } from '../mismatch.js'

/** An asynchronous wait that goes on, and what can end it. */
export class AsyncWait {
  readonly #controller = new AbortController()
  readonly #promise: Promise<Ready[]>
  readonly hasTimeout: boolean
  readonly #patience: number

  /**
   * @param timeout seconds
   * @param patience milliseconds that it may take when it has to end
   */
  constructor(selector: BaseSelector<unknown, FileObject>, timeout: number | undefined, patience: number) {
    this.#patience = patience
    this.hasTimeout = timeout !== undefined
    this.#promise = selector.selectAsync({ timeout, signal: this.#controller.signal })
    // Looked at later.
    this.#promise.catch(() => {})
  }

  /** @throws {Mismatch} if it does not end, or what it is rejected with */
  async end(): Promise<Ready[]> {
    return inTime(this.#promise, this.#patience)
  }

  /** Ends it, which is rejected with the reason; or returns what it has found before. */
  async abort(): Promise<Ready[] | undefined> {
    const reason = {}
    this.#controller.abort(reason)
    try {
      return await this.end()
    } catch (ended) {
      if (ended !== reason) throw new Mismatch(`the aborted wait ends with ${ended}`)
      return undefined
    }
  }
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
