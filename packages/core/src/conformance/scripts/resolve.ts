/** In a process that does nothing else for a while: says when a wait has resolved. */
import { EVENT_READ } from '../../contract/events.js'
import type { Task } from '../child.js'
import { load } from './load.js'

const task = JSON.parse(process.argv[2] ?? '') as Task

load(task).then((SelectorClass) => {
  const selector = new SelectorClass()
  for (const fd of task.fds) selector.register(fd, EVENT_READ)
  setTimeout(() => process.exit(7), 4000)
  const wait = selector.selectAsync()
  process.send?.('waiting')
  wait.then((batch) => process.nextTick(() => process.send?.(batch.length, () => process.exit(0))))
})
