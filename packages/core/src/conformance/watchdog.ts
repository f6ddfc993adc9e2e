import { once } from 'node:events'
import { join } from 'node:path'
import { clearTimeout, setTimeout } from 'node:timers'
import { Worker } from 'node:worker_threads'
import { CHILDREN, ENDED, LIMIT, MOST_CHILDREN, NAME, NAME_LENGTH, SIZE, TURN } from './watchdog-memory.js'

/** How many seconds longer a test that blocks its thread may take than one that waits for ever, and fails. */
const GRACE = 5

// A test that waits for ever fails; one that blocks its thread for ever cannot, so a worker thread writes its name to standard
// error, and ends the process and its children. It sleeps most of the time, and ends when no test is running for a while.
const memory = new SharedArrayBuffer(SIZE)
const numbers = new Int32Array(memory, 0, NAME / 4)
const nameBytes = new Uint8Array(memory, NAME)
let thread: { readonly worker: Worker; readonly ended: Promise<unknown> } | undefined

/** Runs a test, which fails when it takes longer than so many seconds. */
export async function inTime(name: string, limit: number, test: () => void | Promise<void>): Promise<void> {
  const turn = await begin(name, limit)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} does not end within ${limit} s`)), limit * 1000).unref()
  })
  try {
    await Promise.race([test(), late])
  } finally {
    clearTimeout(timer)
    // Unless the runner has given this one up, and another one is running.
    Atomics.compareExchange(numbers, TURN, turn, turn + 1)
  }
}

/** Ends a child process together with this one. Returns a function that undoes this. */
export function watchChild(pid: number): () => void {
  for (let place = CHILDREN; place < CHILDREN + MOST_CHILDREN; place++) {
    if (Atomics.compareExchange(numbers, place, 0, pid) === 0) return () => Atomics.store(numbers, place, 0)
  }
  return () => {}
}

/** Returns the turn of a test, which is odd. */
async function begin(name: string, limit: number): Promise<number> {
  for (;;) {
    const before = Atomics.load(numbers, TURN)
    if (thread !== undefined && before !== ENDED) {
      const turn = before + 1 + (before % 2)
      numbers[LIMIT] = (limit + GRACE) * 1000
      numbers[NAME_LENGTH] = new TextEncoder().encodeInto(name, nameBytes).written
      if (Atomics.compareExchange(numbers, TURN, before, turn) === before) return turn
    }
    // Whatever an earlier one had open is closed by then: tests compare descriptor numbers.
    thread?.worker.ref()
    await thread?.ended
    Atomics.store(numbers, TURN, 0)
    const worker = new Worker(join(__dirname, 'scripts', 'watch.js'), { workerData: memory })
    thread = { worker, ended: once(worker, 'exit') }
    await once(worker, 'message')
    worker.unref()
  }
}
