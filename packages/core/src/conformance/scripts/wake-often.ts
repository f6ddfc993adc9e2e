/** In a worker thread: counts and wakes a selector of another thread, again and again. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Task } from '../child.js'
import { loadWake } from './load.js'

const { handle, counter, times, ...task } = workerData as Required<Task>

loadWake(task).then((wake) => {
  parentPort?.postMessage('waking')
  for (let i = 0; i < times; i++) {
    Atomics.add(counter, 0, 1)
    wake(handle)
  }
})
