/** In a process with --expose-gc: says how much memory rounds of work leave behind. */
import { setImmediate } from 'node:timers/promises'
import { EVENT_READ, EVENT_WRITE } from '../../events.js'
import type { Selector } from '../bench.js'
import type { Task } from '../child.js'
import { load } from './load.js'

/** What is left over, in bytes. */
export interface Leak {
  readonly heap: number
  readonly resident: number
}

const ROUNDS = 3000

const task = JSON.parse(process.argv[2] ?? '') as Task
process.send?.('ready')

load(task).then(async (SelectorClass) => {
  const selector = new SelectorClass()
  const opening = await leakOf(() => {
    const fresh = new SelectorClass()
    work(fresh)
    fresh.close()
  })
  const registering = await leakOf(() => {
    work(selector)
    for (const fd of task.fds) selector.unregister(fd)
  })
  process.send?.({ opening, registering }, () => process.exit(0))
})

function work(selector: Selector): void {
  for (const fd of task.fds) selector.register(fd, EVENT_READ, { fd })
  for (const fd of task.fds) selector.modify(fd, EVENT_READ | EVENT_WRITE, { fd })
  selector.select(0)
}

async function leakOf(round: () => void): Promise<Leak> {
  let before = await after(ROUNDS, round)
  const least = { heap: Number.POSITIVE_INFINITY, resident: Number.POSITIVE_INFINITY }
  // A leak grows each time; what V8 takes for itself does not.
  for (let again = 0; again < 4; again++) {
    const now = await after(ROUNDS, round)
    least.heap = Math.min(least.heap, now.heap - before.heap)
    least.resident = Math.min(least.resident, now.resident - before.resident)
    before = now
  }
  return least
}

async function after(rounds: number, round: () => void): Promise<Leak> {
  for (let i = 0; i < rounds; i++) {
    round()
    // Lets finalizers run, of buffers too.
    if (i % 500 === 0) await setImmediate()
  }
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.()
    await setImmediate()
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heap: heapUsed + external, resident: rss }
}
