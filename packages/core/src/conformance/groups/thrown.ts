import assert from 'node:assert/strict'
import { Worker } from 'node:worker_threads'
import { forkScript, pathOf, taskFor } from '../child.js'
import { assertEnds } from '../expect.js'
import type { Fixture } from '../fixture.js'

const WAITS = ['ready', 'ready at once', 'over after a timeout', 'one of an iteration']

/** What the caller's code throws after an asynchronous wait: it is reported as after a timer. */
export function thrown({ it, open, keep, subject, supports, startWithDescriptors }: Fixture): void {
  if (!supports.asynchronous || subject.module === undefined) return

  it('is an uncaught exception', async () => {
    const steps = ['caught', 'timer', ...WAITS]
    const child = await startWithDescriptors('throw', { ...taskFor(subject, fds()), steps })
    const { timer, ...reports } = (await child.message()) as Record<string, readonly string[]>
    assert.deepEqual(reports, Object.fromEntries(WAITS.map((wait) => [wait, timer])))
  })

  for (const wait of WAITS) {
    it(`ends the process after a wait that is ${wait}`, async () => {
      const task = { ...taskFor(subject, fds()), steps: [wait] }
      // Not by its first message: Deno (2.9.6) loses what a process says right before it ends.
      await assertEnds(keep(forkScript('throw', task, [], 'ignore')), 1)
    })
  }

  it('is the error of its worker thread', async () => {
    const [expected, ...deaths] = await Promise.all(['timer', ...WAITS].map(deathOfWorker))
    for (const death of deaths) assert.deepEqual(death, expected)
    assert.match(expected?.message ?? '', /^boom in /)
  })

  /** What is said of a worker thread that ends by an error, and its exit code, which is 0 in Bun (1.4.5). */
  async function deathOfWorker(wait: string): Promise<{ message: string; code: unknown }> {
    const worker = new Worker(pathOf('throw'), { workerData: { ...taskFor(subject, fds()), steps: [wait] } })
    keep({ close: () => void worker.terminate() })
    const ended = new Promise((resolve) => worker.on('exit', resolve))
    const { message } = await new Promise<Error>((resolve) => worker.on('error', resolve))
    return { message, code: await ended }
  }

  function fds(): number[] {
    return open().map((end) => end.fileno())
  }
}
