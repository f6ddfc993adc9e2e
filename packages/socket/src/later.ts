import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { LaterTask } from './later-thread.js'

/** Something that another thread is about to do. */
export interface Later {
  /** Ends the other thread, whether it has done it or not. Rejects when it tried and failed. */
  cancel(): Promise<void>
}

/**
 * Writes `data` to `end` from another thread, `seconds` after the promise resolved, even while this thread is
 * blocked.
 */
export async function writeLater(end: { fileno(): number }, data: string, seconds: number): Promise<Later> {
  const started = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
  const workerData: LaterTask = { fd: end.fileno(), data, seconds, started }
  const worker = new Worker(join(__dirname, 'later-thread.js'), { workerData })
  let failure: unknown
  worker.once('error', (error) => {
    failure = error
  })
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  await Promise.race([new Promise((resolve) => worker.once('message', resolve)), ended])
  if (failure) throw failure
  Atomics.store(started, 0, 1)
  Atomics.notify(started, 0)
  return {
    async cancel() {
      await worker.terminate()
      await ended
      if (failure) throw failure
    },
  }
}
