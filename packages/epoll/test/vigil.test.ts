import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { EVENT_READ } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { type PipeEnd, pipe } from '@selectors/socket'

// A blocking wait that goes on watches the event loop's own queue, by which other threads end this one, and seldom asks V8.

let selector: EpollSelector
let reader: PipeEnd
let writer: PipeEnd
beforeEach(() => {
  selector = new EpollSelector()
  ;[reader, writer] = pipe()
  selector.register(reader, EVENT_READ)
})
afterEach(() => {
  for (const thing of [selector, reader, writer]) thing.close()
})

it('ends by a timeout of node:vm, of which the event loop does not know', () => {
  const start = performance.now()
  expect(() => runInNewContext('selector.select(20)', { selector }, { timeout: 100 })).toThrow(
    expect.objectContaining({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }),
  )
  expect(performance.now() - start).toBeLessThan(10_000)
})

it('sleeps, and reports nothing, while the event loop has something to do', async () => {
  const turn = new Int32Array(new SharedArrayBuffer(4))
  const program = `
    const { parentPort, workerData } = require('node:worker_threads')
    Atomics.wait(workerData, 0, 0)
    // Once the wait has begun, and at any rate before it is over.
    Atomics.wait(workerData, 0, 1, 100)
    parentPort.postMessage('done')`
  const worker = new Worker(program, { eval: true, workerData: turn })
  await new Promise((resolve) => worker.once('online', resolve))
  const message = new Promise((resolve) => worker.once('message', resolve))
  Atomics.store(turn, 0, 1)
  Atomics.notify(turn, 0)
  const [start, before] = [performance.now(), process.cpuUsage()]
  expect(selector.select(0.8)).toEqual([])
  expect(performance.now() - start).toBeGreaterThanOrEqual(800)
  const { user, system } = process.cpuUsage(before)
  expect(user + system).toBeLessThan(400_000)
  expect(await message).toBe('done')
  // What it watched is not registered any more.
  await worker.terminate()
  writer.write('x')
  expect(selector.select(1)).toEqual([[selector.getKey(reader), EVENT_READ]])
  expect(await selector.selectAsync({ timeout: 1 })).toHaveLength(1)
})
