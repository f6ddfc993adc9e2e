/** In a worker thread: selects once, in a function that never ran before. */
import { setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { EVENT_READ } from '../../program.js'
import type { Task } from '../child.js'
import { leaveBehind } from './leave-behind.js'
import { load } from './load.js'

const task = workerData as Task

load(task).then(async (SelectorClass) => {
  const selector = new SelectorClass()
  for (const fd of task.fds) selector.register(fd, task.events ?? EVENT_READ)
  if (task.pause !== undefined) await setTimeout(1000 * task.pause)
  if (task.leavesBehind) leaveBehind()
  parentPort?.postMessage('selecting')
  const { timeout } = task
  const batch = task.asynchronous ? await selector.selectAsync({ timeout }) : selector.select(timeout)
  parentPort?.postMessage(batch.map(([{ fd }, mask]) => [fd, mask]))
  selector.close()
})
