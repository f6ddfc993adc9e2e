/** In a process: ends worker threads that wait asynchronously, and says how many descriptors they leave behind. */
import { setTimeout } from 'node:timers/promises'
import { startWorker, type Task } from '../child.js'
import { lowestFree } from './descriptors.js'

const THREADS = 20

const task = JSON.parse(process.argv[2] ?? '') as Task
process.send?.('ready')

async function endThreads(): Promise<void> {
  for (let i = 0; i < THREADS; i++) {
    const worker = await startWorker('wait-always', task)
    await setTimeout(i % 5)
    await worker.close()
  }
}

endThreads().then(async () => {
  const before = lowestFree()
  await endThreads()
  process.send?.(Math.max(0, lowestFree() - before), () => process.exit(0))
})
