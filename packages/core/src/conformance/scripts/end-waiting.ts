/** In a process: ends worker threads that wait asynchronously, and says how many descriptors they leave behind. */
import { setTimeout } from 'node:timers/promises'
import { startWorker, type Task } from '../child.js'
import { stopwatch } from '../clock.js'
import { openDescriptors, openSignalSockets } from '../descriptors.js'

/** So many that what Node itself keeps of the first ones is there before it is counted. */
const FIRST = 5
const THREADS = 10
/** In Deno (2.9.6), terminate() resolves before the thread has ended. */
const LONGEST_END = 3

const task = JSON.parse(process.argv[2] ?? '') as Task
process.send?.('ready')
openSignalSockets()

async function endThreads(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const worker = await startWorker('wait-always', task)
    await setTimeout(i % 5)
    await worker.close()
  }
}

endThreads(FIRST).then(async () => {
  let left = Number.POSITIVE_INFINITY
  // A leak grows each time; what Deno (2.9.6) itself keeps of one thread in some thousand does not.
  for (let again = 0; again < 3 && left > 0; again++) left = Math.min(left, await leftBy(THREADS))
  process.send?.(left, () => process.exit(0))
})

async function leftBy(count: number): Promise<number> {
  const before = openDescriptors().length
  await endThreads(count)
  const left = () => openDescriptors().length - before
  const elapsed = stopwatch()
  while (left() > 0 && elapsed() < LONGEST_END) await setTimeout(10)
  return Math.max(0, left())
}
