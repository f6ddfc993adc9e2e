/** In a process: calls process.exit() while this thread and a worker thread wait, some of them just having begun. */
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ } from '../../program.js'
import { startWorker, type Task } from '../child.js'
import { load } from './load.js'

const task = JSON.parse(process.argv[2] ?? '') as Task

load(task).then(async (SelectorClass) => {
  await startWorker('wait-always', task)
  for (let i = 0; i < 5; i++) {
    const selector = new SelectorClass()
    for (const fd of task.fds) selector.register(fd, EVENT_READ)
    void selector.selectAsync()
    await setTimeout(1)
  }
  process.send?.('exiting', () => process.exit(7))
})
