import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { SocketError } from './errors.js'
import { LENGTH, type Order, OVER, RESULT, STARTED, STATE } from './later-memory.js'

/** Something that another thread is about to do. */
export interface Later {
  /** Resolves when the other thread has done it, or never will. Rejects when it tried and failed. May be called twice. */
  cancel(): Promise<void>
}

/** Threads that have nothing to do: starting one takes many times as long as what it does. They do not keep the process alive. */
const idle: Writer[] = []

/**
 * Writes `data` to `end` from another thread, `seconds` after the promise resolved, even while this thread is
 * blocked.
 */
export async function writeLater(end: { fileno(): number }, data: string, seconds: number): Promise<Later> {
  const writer = idle.pop() ?? new Writer()
  await writer.begin({ fd: end.fileno(), data, seconds })
  let cancelled: Promise<void> | undefined
  return {
    cancel() {
      cancelled ??= writer.end()
      return cancelled
    },
  }
}

/** A thread that writes, one order after another. */
class Writer {
  readonly #memory = new Int32Array(new SharedArrayBuffer(LENGTH * Int32Array.BYTES_PER_ELEMENT))
  readonly #worker = new Worker(join(__dirname, 'later-thread.js'), { workerData: this.#memory })
  readonly #ended = new Promise<void>((resolve, reject) => {
    this.#worker.once('error', reject)
    this.#worker.once('exit', resolve)
  })
  #over: Promise<unknown> = Promise.resolve()
  #fd = -1
  /** It is being terminated, which somebody waits for, although it may still say that it is over. */
  #isEnding = false

  constructor() {
    // Where nobody asks what became of it.
    this.#ended.catch(() => {})
  }

  async begin(order: Order): Promise<void> {
    this.#fd = order.fd
    this.#memory.fill(0)
    this.#worker.ref()
    this.#worker.postMessage(order)
    await Promise.race([this.#message(), this.#ended])
    this.#over = this.#message().then(() => {
      if (!this.#isEnding) this.#worker.unref()
    })
    Atomics.store(this.#memory, STARTED, 1)
    Atomics.notify(this.#memory, STARTED)
  }

  async end(): Promise<void> {
    if (Atomics.load(this.#memory, STATE) !== OVER) {
      this.#isEnding = true
      await this.#worker.terminate()
      await this.#ended
      return
    }
    await this.#over
    idle.push(this)
    const result = this.#memory[RESULT] as number
    if (result < 0) throw new SocketError(result, 'write', { culprit: `fd ${this.#fd}` })
  }

  /** Resolves with the next thing that the thread says. */
  #message(): Promise<unknown> {
    return new Promise((resolve) => this.#worker.once('message', resolve))
  }
}
