/** In a process: calls process.exit() while a worker thread is blocked. */
import { setTimeout } from 'node:timers/promises'
import { startWorker, type Task } from '../child.js'

const task = JSON.parse(process.argv[2] ?? '') as Task

startWorker('select-once', task)
  .then(() => setTimeout(20))
  .then(() => process.send?.('exiting', () => process.exit(7)))
