import assert from 'node:assert/strict'
import { Worker } from 'node:worker_threads'
import { forkScript, pathOf, taskFor } from '../child.js'
import { assertEnds } from '../expect.js'
import type { Fixture } from '../fixture.js'

const WAITS = ['ready', 'ready at once', 'over after a timeout', 'one of an iteration']

/** What the caller's code throws after an asynchronous wait: it is reported as after a timer. */
export function thrown({ it, open, keep, subject, supports, startWithDescriptors }: Fixture): void {
  if (!supports.asynchronous || subject.module === undefined) return

  for (const wait of WAITS) {
    it(`is an uncaught exception after a wait that is ${wait}`, async () => {
      const [expected, reports] = await Promise.all([reported('timer'), reported(wait)])
      assert.deepEqual(reports, expected)
    })

    it(`ends the process after a wait that is ${wait}`, async () => {
      const task = { ...taskFor(subject, fds()), steps: [wait] }
      // Not by its first message: Deno (2.9.6) loses what a process says right before it ends.
      await assertEnds(keep(forkScript('throw', task, [], 'ignore')), 1)
    })

    it(`is the error of its worker thread after a wait that is ${wait}`, async () => {
      const [expected, death] = await Promise.all([deathOfWorker('timer'), deathOfWorker(wait)])
      assert.deepEqual(death, expected)
      assert.match(death.message, /^boom in /)
    })
  }

  /** What is said of a worker thread that ends by an error, and its exit code, which is 0 in Bun (1.4.5). */
  async function deathOfWorker(wait: string): Promise<{ message: string; code: unknown }> {
    const worker = new Worker(pathOf('throw'), { workerData: { ...taskFor(subject, fds()), steps: [wait] } })
    keep({ close: () => void worker.terminate() })
    const ended = new Promise((resolve) => worker.on('exit', resolve))
    const { message } = await new Promise<Error>((resolve) => worker.on('error', resolve))
    return { message, code: await ended }
  }

  async function reported(wait: string): Promise<unknown> {
    const child = await startWithDescriptors('throw', { ...taskFor(subject, fds()), steps: [wait, 'caught'] })
    return child.message()
  }

  function fds(): number[] {
    return open().map((end) => end.fileno())
  }
}
