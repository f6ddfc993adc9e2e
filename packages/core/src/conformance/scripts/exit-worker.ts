/** In a worker thread: calls process.exit() with a selector that is open, and all that it makes on first use. */
import { parentPort, workerData } from 'node:worker_threads'
import { EVENT_READ } from '../../program.js'
import type { Task } from '../child.js'
import { load } from './load.js'

const task = workerData as Task

load(task).then((SelectorClass) => {
  const selector = new SelectorClass()
  for (const fd of task.fds) selector.register(fd, EVENT_READ)
  parentPort?.postMessage('exiting')
  selector.select(task.timeout)
  if (SelectorClass.supports.wakeup) selector.wakeup()
  process.exit(7)
})
