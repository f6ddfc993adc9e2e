import { Worker } from 'node:worker_threads'
import type { WakeHandle } from '@selectors/core'
import { Mismatch } from '../mismatch.js'

/** Milliseconds after which the thread has not done what it was told. */
const LONGEST = 20_000

/** What the thread is told: by which module to wake what. */
export interface Task {
  readonly module: string
  readonly handle: WakeHandle
}

/** A thread that wakes selectors of this one when it is told to. */
export class WakingThread {
  /** How often it has done so. */
  readonly #done = new Int32Array(new SharedArrayBuffer(4))
  #told = 0
  #worker: Worker | undefined

  /** Has a selector woken, now or in a moment. */
  wake(task: Task): void {
    this.#worker ??= this.#start()
    this.#told++
    this.#worker.postMessage(task)
  }

  /** Waits until that is done. @throws {Mismatch} if it cannot be */
  join(): void {
    for (let done = Atomics.load(this.#done, 0); done !== this.#told; done = Atomics.load(this.#done, 0)) {
      if (done < 0 || Atomics.wait(this.#done, 0, done, LONGEST) === 'timed-out')
        throw new Mismatch('another thread cannot wake it')
    }
  }

  async end(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(require.resolve('./waking.js'), { workerData: this.#done })
    worker.unref()
    return worker
  }
}
