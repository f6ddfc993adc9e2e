import { Worker } from 'node:worker_threads'

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
  const worker = new Worker(program, { eval: true, workerData: { fd: end.fileno(), data, seconds, started } })
  let failure: unknown
  worker.once('error', (error) => {
    failure = error
  })
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  await Promise.race([new Promise((resolve) => worker.once('message', resolve)), ended])
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

const program = `
const { writeSync } = require('node:fs')
const { parentPort, workerData } = require('node:worker_threads')
const { fd, data, seconds, started } = workerData
parentPort.postMessage('running')
Atomics.wait(started, 0, 0)
// At another place, or a late notification of the first would end it.
if (seconds > 0) Atomics.wait(started, 1, 0, seconds * 1000)
writeSync(fd, data)
`
