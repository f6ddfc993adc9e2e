/** In a process: tells how often a wait wakes up in which nothing happens. */
import { EVENT_READ } from '../../contract/events.js'
import type { Task } from '../child.js'
import { wakeUps } from '../wake-ups.js'
import { load } from './load.js'

const task = JSON.parse(process.argv[2] ?? '') as Task

load(task).then((SelectorClass) => {
  const selector = new SelectorClass()
  for (const fd of task.fds) selector.register(fd, EVENT_READ)
  process.send?.('ready')
  // The message is on its way then.
  setTimeout(() => {
    const before = wakeUps()
    selector.select(task.timeout)
    process.send?.(wakeUps() - before)
    selector.close()
    process.disconnect()
  }, 50)
})
