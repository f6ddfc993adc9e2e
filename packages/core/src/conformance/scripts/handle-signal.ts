/** In a process: waits with a signal pending that has a handler, and says when the handler ran. */
import { setImmediate } from 'node:timers/promises'
import type { Task } from '../child.js'
import { timed } from '../clock.js'
import { load } from './load.js'

const task = JSON.parse(process.argv[2] ?? '') as Task
let handled = false
process.on('SIGUSR2', () => {
  handled = true
})
process.send?.('ready')

load(task).then(async (SelectorClass) => {
  const selector = new SelectorClass()
  const timeout = task.timeout ?? 0
  process.kill(process.pid, 'SIGUSR2')
  const [batch, seconds] = timed(() => selector.select(timeout))
  const handledMeanwhile = handled
  for (let turns = 0; !handled && turns < 1000; turns++) await setImmediate()
  const waited = batch.length === 0 && seconds >= timeout
  // Stays until it is ended: Deno (2.9.6) may tell the end of a process before its last message.
  process.on('message', () => {})
  process.send?.({ waited, handledMeanwhile, handledAfterwards: handled })
})
