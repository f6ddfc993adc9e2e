import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { names } from '../backends.mjs'
import { descriptors, untilClosed } from '../descriptors.mjs'

const program = new URL('../programs/restless.mjs', import.meta.url)
const AT_ONCE = 4
const WARM_UP = 6

/** Ends threads at random, whatever they are doing: the process goes on, and nothing is left open. */
export async function terminate({ short, random }) {
  const times = short ? 12 : 1000
  let longest = 0
  const endOne = async (i) => {
    const worker = new Worker(program, { workerData: { backend: names[i % names.length], seed: random(2 ** 32) } })
    // From before it has loaded anything to when it has done much.
    const delay = random(60)
    if (random(4) > 0) await once(worker, 'message')
    await setTimeout(delay)
    const start = performance.now()
    await worker.terminate()
    longest = Math.max(longest, performance.now() - start)
  }
  for (let i = 0; i < WARM_UP; i++) await endOne(i)
  const before = descriptors()
  for (let i = 0; i < times; i += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => endOne(i + lane)))
  }
  await untilClosed(before)
  return `${times} threads terminated, each within ${Math.ceil(longest)} ms`
}
