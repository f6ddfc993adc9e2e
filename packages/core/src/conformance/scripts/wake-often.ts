/** In a worker thread: counts and wakes a selector of another thread, again and again, once it has ended a wait. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Task } from '../child.js'
import { loadWake } from './load.js'

/** So that a thread whose wake-up was lost ends too. */
const LONGEST_WAIT = 10_000

const { handle, counter, times, ...task } = workerData as Required<Task>

loadWake(task).then((wake) => {
  parentPort?.postMessage('waking')
  for (let i = 0; i < times; i++) {
    const ends = Atomics.load(counter, 1)
    Atomics.add(counter, 0, 1)
    wake(handle)
    Atomics.wait(counter, 1, ends, LONGEST_WAIT)
  }
})
