/** In a process, or in a worker thread whose event loop is left something to be done: tells how often a wait wakes up in which nothing happens, at best. */
import { setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { EVENT_READ } from '../../program.js'
import type { Task } from '../child.js'
import { stopwatch } from '../clock.js'
import { countWakeUps, IDLE } from '../wake-ups.js'
import { leaveBehind } from './leave-behind.js'
import { load } from './load.js'
import { send } from './send.js'

const task = (workerData ?? JSON.parse(process.argv[2] ?? '')) as Task

/** What wakes up more often at first looks at what the runtime has left to be done after its start, and gets ever more time for it. */
const PAUSES = [50, 100, 200, 500, 1000, 2000, 4000]

load(task).then(async (SelectorClass) => {
  send('ready')
  if (parentPort !== null) leaveBehind()
  let best = Number.POSITIVE_INFINITY
  for (const pause of parentPort === null ? PAUSES : [0]) {
    if (best <= IDLE.most) break
    if (pause > 0) await setTimeout(pause)
    const elapsed = stopwatch()
    const count = countWakeUps()
    const selector = new SelectorClass()
    for (const fd of task.fds) selector.register(fd, EVENT_READ)
    if (task.asynchronous) await selector.selectAsync({ timeout: IDLE.seconds })
    else selector.select(IDLE.seconds)
    best = Math.min(best, count())
    if (elapsed() < IDLE.seconds) throw new Error(`waited for ${elapsed()} s only`)
    selector.close()
  }
  send(best)
  if (parentPort === null) process.disconnect()
})
