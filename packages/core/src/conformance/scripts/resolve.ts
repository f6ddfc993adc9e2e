/** In a process or a worker thread that does nothing else for a while: says when a wait has resolved. */
import { parentPort, workerData } from 'node:worker_threads'
import { EVENT_READ } from '../../program.js'
import type { Task } from '../child.js'
import { load } from './load.js'

const task = (workerData ?? JSON.parse(process.argv[2] ?? '')) as Task

load(task).then((SelectorClass) => {
  const selector = new SelectorClass()
  for (const fd of task.fds) selector.register(fd, EVENT_READ)
  setTimeout(() => process.exit(7), 4000)
  const wait = selector.selectAsync()
  send('waiting')
  wait.then((batch) => process.nextTick(() => send(batch.length, () => process.exit(0))))
})

function send(message: unknown, sent = () => {}): void {
  if (parentPort === null) {
    process.send?.(message, sent)
  } else {
    parentPort.postMessage(message)
    sent()
  }
}
