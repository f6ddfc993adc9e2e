/** In a worker thread: loads the binding of the class again and again, for that takes too little time to be hit once. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Task } from '../child.js'
import { load } from './load.js'

load(workerData as Task).then((SelectorClass) => {
  new SelectorClass().close()
  const bindings = Object.keys(require.cache).filter((file) => file.endsWith('.node'))
  parentPort?.postMessage('loading')
  while (bindings.length > 0) for (const file of bindings) process.dlopen({ exports: {} }, file)
})
