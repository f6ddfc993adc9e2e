// In a worker: wakes the selectors whose tokens it is given, among them those that are closed, until it is told to stop.
import { parentPort, workerData } from 'node:worker_threads'
import { backend } from '../backends.mjs'

const { name, tokens, counts, place } = workerData
const { wake } = backend(name)
const backendName = `@selectors/${name}`
parentPort.postMessage('started')

for (let i = place; Atomics.load(counts, 0) === 0; i++) {
  const woken = wake({ backend: backendName, token: tokens[i % tokens.length] })
  Atomics.add(counts, woken ? 1 : 2, 1)
}
