/** What `writeLater()` runs in another thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { binding } from './binding.js'
import { SocketError } from './errors.js'

/** What to write to which descriptor, in how many seconds from the moment that `started` begins with another number than 0. */
export interface LaterTask {
  readonly fd: number
  readonly data: string
  readonly seconds: number
  /** Room for two numbers, shared. */
  readonly started: Int32Array
}

const { fd, data, seconds, started } = workerData as LaterTask
const bytes = Buffer.from(data)
// Not `fs.writeSync`: Deno's (2.9.6) takes descriptors only that Deno itself has opened.
const { write } = binding()
parentPort?.postMessage('running')
Atomics.wait(started, 0, 0)
// At another place, or a late notification of the first would end it.
if (seconds > 0) Atomics.wait(started, 1, 0, seconds * 1000)
const result = write(fd, bytes)
if (result < 0) throw new SocketError(result, 'write', { culprit: `fd ${fd}` })
