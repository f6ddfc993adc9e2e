/**
 * In a worker thread: loads the binding of the class again and again, because once takes too little time to be hit. Only for a
 * while, because Deno (2.9.6) never ends a thread that does not return to its event loop.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { Task } from '../child.js'
import { stopwatch } from '../clock.js'
import { load } from './load.js'

const LONGEST = 0.05

load(workerData as Task).then((SelectorClass) => {
  new SelectorClass().close()
  const bindings = Object.keys(require.cache).filter((file) => file.endsWith('.node'))
  parentPort?.postMessage('loading')
  const elapsed = stopwatch()
  while (elapsed() < LONGEST) for (const file of bindings) process.dlopen({ exports: {} }, file)
})
