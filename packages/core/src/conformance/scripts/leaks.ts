/** In a process with --expose-gc: says how much memory rounds of work leave behind. */
import { setImmediate } from 'node:timers/promises'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import type { Task } from '../child.js'
import type { Selector } from '../fixture.js'
import { isLeak, type Leak } from '../leak.js'
import { load } from './load.js'

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
  const waiting = SelectorClass.supports.asynchronous ? await leakOf(wait, ROUNDS / 10) : undefined
  process.send?.({ opening, registering, ...(waiting && { waiting }) }, () => process.exit(0))

  async function wait() {
    const fresh = new SelectorClass()
    work(fresh)
    fresh.wakeup()
    await fresh.selectAsync()
    const end = fresh.selectAsync().catch(() => {})
    fresh.close()
    await end
  }
})

function work(selector: Selector): void {
  for (const fd of task.fds) selector.register(fd, EVENT_READ, { fd })
  for (const fd of task.fds) selector.modify(fd, EVENT_READ | EVENT_WRITE, { fd })
  selector.select(0)
}

async function leakOf(round: () => void | Promise<void>, rounds = ROUNDS): Promise<Leak> {
  let before = await after(rounds, round)
  const least = { heap: Number.POSITIVE_INFINITY, resident: Number.POSITIVE_INFINITY }
  // A leak grows each time; what V8 allocates for itself does not.
  for (let again = 0; again < 4 && isLeak(least); again++) {
    const now = await after(rounds, round)
    least.heap = Math.min(least.heap, now.heap - before.heap)
    least.resident = Math.min(least.resident, now.resident - before.resident)
    before = now
  }
  return least
}

async function after(rounds: number, round: () => void | Promise<void>): Promise<Leak> {
  for (let i = 0; i < rounds; i++) {
    await round()
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
