/** Ends worker threads while they load a binding. */
import { setTimeout } from 'node:timers/promises'
import { startWorker, type Task } from '../child.js'

const THREADS = 10

const task = JSON.parse(process.argv[2] ?? '') as Task
process.send?.('ready')

async function endThreads(): Promise<void> {
  for (let i = 0; i < THREADS; i++) {
    const worker = await startWorker('load-again', task)
    await setTimeout(i % 5)
    await worker.close()
  }
}

endThreads().then(() => process.exit(0))
