// Does everything that a selector can do, at random, until it is ended: in a worker, or in a process that then ends by itself.
import { setTimeout } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { EVENT_PRIORITY, EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { pipe } from '@selectors/socket'
import { backend } from '../backends.mjs'
import { random } from '../random.mjs'

/** The code of a process that ends as it is to. */
const ENDED = 7

const task = workerData ?? JSON.parse(process.argv[2])
const { Selector, wake } = backend(task.backend)
const below = random(task.seed)

/** In seconds. In a thread it may be so long that it has to be ended. */
const timeout = () => (!isMainThread && below(3) === 0 ? 100 : below(5) / 1000)
const anEnd = ({ ends }) => ends[below(ends.length)]
const events = () => EVENT_READ | (below(2) * EVENT_WRITE) | (below(4) === 0 ? EVENT_PRIORITY : 0)

const acts = [
  (state) => state.selector.select(timeout()),
  (state) => state.selector.selectAsync({ timeout: timeout() }),
  (state) => state.selector.selectAsync({ signal: AbortSignal.timeout(below(5)) }),
  async (state) => {
    for await (const _ of state.selector) if (below(3) === 0) break
  },
  (state) => void state.selector.selectAsync().catch(() => {}),
  (state) => state.selector.register(anEnd(state), events()),
  (state) => state.selector.modify(anEnd(state), events()),
  (state) => state.selector.unregister(anEnd(state)),
  (state) => state.selector.wakeup(),
  (state) => wake(state.selector.waker()),
  (state) => void state.ends[1].write('x'),
  (state) => {
    state.selector.close()
    state.selector = new Selector({ anyDescriptor: below(2) === 0 })
  },
]

async function goOn() {
  const state = { selector: new Selector(), ends: [...pipe(), ...pipe()] }
  for (const end of state.ends) end.setBlocking(false)
  parentPort?.postMessage('begins')
  for (;;) {
    try {
      await acts[below(acts.length)](state)
    } catch {
      // Such as that it is registered already, or waits already.
    }
    await setTimeout(0)
  }
}

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { ...task, seed: task.seed + 1 } })
  worker.once('message', () => globalThis.setTimeout(() => process.exit(ENDED), below(40)))
}
await goOn()
