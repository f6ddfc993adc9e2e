/** In a worker thread: ends the process if a test does not end, and says which one. */
import { writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { stopwatch } from '../clock.js'
import { CHILDREN, ENDED, LIMIT, NAME, NAME_LENGTH, TURN } from '../watchdog-memory.js'

/** How often it looks. */
const PAUSE_MS = 250
/** How long it goes on without a test. */
const IDLE_MS = 2000

const memory = workerData as SharedArrayBuffer
const numbers = new Int32Array(memory, 0, NAME / 4)

parentPort?.postMessage('watching')
watch()

function watch(): void {
  let turn = Atomics.load(numbers, TURN)
  let elapsed = stopwatch()
  for (;;) {
    // Nothing notifies it: that would be work in each test.
    Atomics.wait(numbers, TURN, turn, PAUSE_MS)
    const now = Atomics.load(numbers, TURN)
    if (now !== turn) {
      turn = now
      elapsed = stopwatch()
    } else if (turn % 2 !== 0 && elapsed() * 1000 > (numbers[LIMIT] as number)) {
      endProcess()
    } else if (turn % 2 === 0 && elapsed() * 1000 > IDLE_MS) {
      if (Atomics.compareExchange(numbers, TURN, turn, ENDED) === turn) return
    }
  }
}

function endProcess(): void {
  const name = Buffer.from(new Uint8Array(memory, NAME, numbers[NAME_LENGTH])).toString()
  writeSync(2, `\n${name}\n  blocks its thread for ever, so the suite ends the process.\n`)
  for (const pid of numbers.subarray(CHILDREN)) if (pid !== 0) end(pid)
  end(process.pid)
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
