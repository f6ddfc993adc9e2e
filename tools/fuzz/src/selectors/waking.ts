// In a worker thread: wakes what it is told to, and counts.
import { parentPort, workerData } from 'node:worker_threads'
import type { Wake } from '@selectors/core'
import type { Task } from './waking-thread.js'

const done = workerData as Int32Array

parentPort?.on('message', ({ module, handle }: Task) => {
  const { wake } = require(module) as { wake: Wake }
  if (wake(handle)) Atomics.add(done, 0, 1)
  else Atomics.store(done, 0, -1)
  Atomics.notify(done, 0)
})
