/** In a process: tells how often a wait wakes up in which nothing happens, at best. */
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ } from '../../program.js'
import type { Task } from '../child.js'
import { wakeUps } from '../wake-ups.js'
import { load } from './load.js'

const task = JSON.parse(process.argv[2] ?? '') as Task

/** More than that in a second are looks at what the runtime has left to be done after its start: it gets ever more time for it. */
const MOST = 8
const PAUSES = [50, 100, 200, 500, 1000, 2000, 4000]

load(task).then(async (SelectorClass) => {
  const selector = new SelectorClass()
  for (const fd of task.fds) selector.register(fd, EVENT_READ)
  process.send?.('ready')
  let best = Number.POSITIVE_INFINITY
  for (const pause of PAUSES) {
    if (best <= MOST) break
    await setTimeout(pause)
    const before = wakeUps()
    selector.select(task.timeout)
    best = Math.min(best, wakeUps() - before)
  }
  process.send?.(best)
  selector.close()
  process.disconnect()
})
