import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { backends } from '../backends.mjs'
import { descriptors, untilClosed } from '../descriptors.mjs'

const program = new URL('../programs/waker.mjs', import.meta.url)
const THREADS = 8
const SELECTORS = 16
/** In seconds. A wake-up that is lost would take all of it. */
const LONGEST_WAIT = 20

/** Threads wake selectors that are being opened and closed: each that is open is woken, and those that are closed are nothing. */
export async function wake({ short, random }) {
  const seconds = short ? 0.2 : 20
  const told = []
  for (const backend of backends) told.push(await wakeOver(backend, seconds, random))
  return told.join('; ')
}

async function wakeOver({ name, Selector, wake }, seconds, random) {
  const before = descriptors()
  const tokens = new Float64Array(new SharedArrayBuffer(8 * SELECTORS))
  // Whether to stop; how many were woken, and how many were closed already.
  const counts = new Int32Array(new SharedArrayBuffer(12))
  const open = Array.from({ length: SELECTORS }, (_, i) => publish(new Selector(), tokens, i))
  const workers = Array.from(
    { length: THREADS },
    (_, place) => new Worker(program, { workerData: { name, tokens, counts, place } }),
  )
  const ended = workers.map((worker) => once(worker, 'exit'))
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  const end = performance.now() + 1000 * seconds
  let rounds = 0
  for (; performance.now() < end; rounds++) {
    const place = random(SELECTORS)
    const selector = open[place]
    const found = random(2) ? selector.select(LONGEST_WAIT) : await selector.selectAsync({ timeout: LONGEST_WAIT })
    if (selector.timedOut || found.length > 0) throw new Error(`a selector over ${name} was not woken`)
    const handle = selector.waker()
    selector.close()
    if (wake(handle)) throw new Error(`a closed selector over ${name} was woken`)
    open[place] = publish(new Selector(), tokens, place)
    if (rounds % 16 === 0) await setTimeout(0)
  }
  Atomics.store(counts, 0, 1)
  await Promise.all(ended)
  for (const selector of open) selector.close()
  await untilClosed(before)
  return `over ${name} ${rounds} selectors woken and closed by ${counts[1]} wake-ups, ${counts[2]} of what was closed`
}

function publish(selector, tokens, place) {
  tokens[place] = selector.waker().token
  return selector
}
