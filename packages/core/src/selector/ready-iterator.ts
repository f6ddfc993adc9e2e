import { SelectorBusyError, SelectorClosedError } from '../contract/errors.js'
import type { FileObject } from '../contract/file-object.js'
import type { Ready } from '../contract/ready.js'
import type { SelectorKey } from '../contract/selector-key.js'

/** What an iteration asks of a selector. */
export interface ReadySource<Data, File extends FileObject> {
  wait(signal: AbortSignal | undefined): Promise<Ready<Data, File>[]>
  /** Ends the wait that goes on. */
  cancel(): void
  /** Says whether a key is still registered, and has not been replaced. */
  isCurrent(key: SelectorKey<Data, File>): boolean
  /** Has what is not delivered reported to the next wait, if the system would not report it again. */
  putBack(ready: Ready<Data, File>): void
}

/** What is ready, one at a time, batch after batch, until the selector is closed. */
export class ReadyIterator<Data, File extends FileObject> implements AsyncIterableIterator<Ready<Data, File>> {
  readonly #source: ReadySource<Data, File>
  readonly #signal: AbortSignal | undefined
  #batch: readonly Ready<Data, File>[] = []
  #next = 0
  #waits = false
  #done = false

  constructor(source: ReadySource<Data, File>, signal: AbortSignal | undefined) {
    this.#source = source
    this.#signal = signal
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Ready<Data, File>, undefined>> {
    const value = this.#signal?.aborted ? undefined : this.#take()
    return value === undefined ? this.#wait() : Promise.resolve({ done: false, value })
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.#end()
    if (this.#waits) this.#source.cancel()
    return Promise.resolve({ done: true, value: undefined })
  }

  /** What was read and not delivered is left to the next wait. */
  #end(): void {
    this.#done = true
    for (let ready = this.#take(); ready !== undefined; ready = this.#take()) this.#source.putBack(ready)
    this.#batch = []
  }

  #take(): Ready<Data, File> | undefined {
    while (this.#next < this.#batch.length) {
      const ready = this.#batch[this.#next++] as Ready<Data, File>
      if (this.#source.isCurrent(ready[0])) return ready
    }
    return undefined
  }

  async #wait(): Promise<IteratorResult<Ready<Data, File>, undefined>> {
    if (this.#waits) throw new SelectorBusyError('The iterator is waiting already: await its next() first')
    this.#waits = true
    try {
      while (!this.#done) {
        this.#batch = await this.#source.wait(this.#signal)
        this.#next = 0
        const value = this.#take()
        if (this.#done) this.#end()
        if (value !== undefined) return { done: false, value }
      }
    } catch (error) {
      const ended = this.#done || error instanceof SelectorClosedError
      this.#end()
      if (!ended) throw error
    } finally {
      this.#waits = false
    }
    return { done: true, value: undefined }
  }
}
