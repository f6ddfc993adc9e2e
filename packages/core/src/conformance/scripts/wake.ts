/** In a worker thread: wakes a selector of another thread, after a while. */
import { setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { WakeHandle } from '../../contract/wake-handle.js'
import type { Task } from '../child.js'
import { loadWake } from './load.js'

const { timeout = 0, handle, ...task } = workerData as Task & { handle: WakeHandle }

loadWake(task).then(async (wake) => {
  parentPort?.postMessage('waking')
  await setTimeout(timeout * 1000)
  parentPort?.postMessage(wake(handle))
})
