/** What `writeLater()` runs in another thread. */
import { parentPort, workerData } from 'node:worker_threads'
import { binding } from './binding.js'
import { type Order, OVER, PAUSE, RESULT, STARTED, STATE } from './later-memory.js'

const memory = workerData as Int32Array
// Not `fs.writeSync`: Deno's (2.9.6) takes descriptors only that Deno itself has opened.
const { write } = binding()

parentPort?.on('message', ({ fd, data, seconds }: Order) => {
  const bytes = Buffer.from(data)
  parentPort?.postMessage('begun')
  Atomics.wait(memory, STARTED, 0)
  if (seconds > 0) Atomics.wait(memory, PAUSE, 0, seconds * 1000)
  memory[RESULT] = write(fd, bytes)
  Atomics.store(memory, STATE, OVER)
  parentPort?.postMessage('over')
})
