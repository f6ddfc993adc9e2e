import assert from 'node:assert/strict'
import { Worker } from 'node:worker_threads'
import { pathOf, taskFor } from '../child.js'
import { assertEnds } from '../expect.js'
import type { Fixture } from '../fixture.js'

const WAITS = ['ready', 'ready at once', 'over after a timeout', 'one of an iteration']

/** What the caller's code throws after an asynchronous wait: it is reported as after a timer. */
export function thrown({ it, open, keep, subject, supports, startScript }: Fixture): void {
  if (!supports.asynchronous || subject.module === undefined) return

  for (const wait of WAITS) {
    it(`is an uncaught exception after a wait that is ${wait}`, async () => {
      const [expected, reports] = await Promise.all([reported('timer'), reported(wait)])
      assert.deepEqual(reports, expected)
    })

    it(`ends the process after a wait that is ${wait}`, async () => {
      const task = { ...taskFor(subject, fds()), steps: [wait] }
      const child = await startScript('throw', task, [], 'ignore')
      await assertEnds(child, 1)
    })

    it(`is the error of its worker thread after a wait that is ${wait}`, async () => {
      const worker = new Worker(pathOf('throw'), { workerData: { ...taskFor(subject, fds()), steps: [wait] } })
      keep({ close: () => void worker.terminate() })
      const code = new Promise((resolve) => worker.on('exit', resolve))
      const error = await new Promise<Error>((resolve) => worker.on('error', resolve))
      assert.match(error.message, /^boom in /)
      assert.equal(await code, 1)
    })
  }

  async function reported(wait: string): Promise<unknown> {
    const child = await startScript('throw', { ...taskFor(subject, fds()), steps: [wait, 'caught'] })
    return child.message()
  }

  function fds(): number[] {
    return open().map((end) => end.fileno())
  }
}
