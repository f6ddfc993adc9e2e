import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ } from '../../program.js'
import { type Child, taskFor } from '../child.js'
import { stopwatch } from '../clock.js'
import { openDescriptors } from '../descriptors.js'
import { assertEnds, assertEqual, SOON } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { deliver, drain } from '../flow.js'

/** How soon a thread in select() has to end. */
const AT_ONCE = 0.1
const TRIES = 25

/** Selectors in worker threads, and threads that end while they are in select(). */
export function threads(fixture: Fixture): void {
  const { it, open, subject, startScript, startWorker } = fixture
  if (subject.module === undefined) return

  for (const [what, registered] of [
    ['nothing', false],
    ['something', true],
  ] as const) {
    it(`end at once by worker.terminate() while in select() on ${what}`, async () => {
      const task = taskFor(subject, registered ? [open()[0].fileno()] : [])
      await assertEndsAtOnce(async () => {
        const worker = await startWorker('select-once', task)
        // Time to get from the message into the system call. If it were too short, the thread would end all the sooner.
        await setTimeout(100)
        const elapsed = stopwatch()
        await worker.close()
        return elapsed()
      })
    })

    it(`end at once by process.exit() while in select() on ${what}`, async () => {
      const task = taskFor(subject, registered ? [open()[0].fileno()] : [])
      await assertEndsAtOnce(async () => {
        const child = await startScript('exit-process', task)
        const elapsed = stopwatch()
        await assertEnds(child, 7)
        return elapsed()
      })
    })
  }

  for (const [what, leavesBehind] of [
    ['nothing', false],
    ['something', true],
  ] as const) {
    it(`end at once by worker.terminate() while in select() for longer, with ${what} left to be done`, async () => {
      const task = { ...taskFor(subject, [open()[0].fileno()]), pause: 0.2, leavesBehind }
      await assertEndsAtOnce(async () => {
        const worker = await startWorker('select-once', task)
        await setTimeout(200)
        const elapsed = stopwatch()
        await worker.close()
        return elapsed()
      })
    })
  }

  it('may be ended while they load the class', async () => {
    const child = await startScript('end-early', taskFor(subject, []))
    // A crash of the process ends it with a signal, and no code.
    await assertEnds(child, 0)
  })

  it('may end by their own process.exit() with a selector open', async () => {
    const worker = await startWorker('exit-worker', taskFor(subject, [open()[0].fileno()], 0.01))
    await assertEnds(worker, 7)
  })

  // Deno (2.9.6) leaves the event loop of each thread open that has loaded an addon.
  if (process.versions.deno === undefined) {
    it('leave no descriptor open with a selector that they have not closed', async () => {
      const task = taskFor(subject, [open()[0].fileno()], 0)
      const end = async () => assertEnds(await startWorker('exit-worker', task), 7)
      await end()
      const before = openDescriptors()
      await end()
      // The collector may have closed others.
      assert.deepEqual(
        openDescriptors().filter((fd) => !before.includes(fd)),
        [],
      )
    })
  }

  it('have selectors of their own, on the same file objects and on others', async () => {
    const ends = Array.from({ length: 4 }, () => open())
    const shared = open()
    const workers: Child[] = []
    for (const [reader] of ends) {
      const fds = [reader.fileno(), shared[0].fileno()]
      workers.push(await startWorker('select-once', taskFor(subject, fds)))
    }
    const first = workers.slice(0, 2).map((worker) => worker.message())
    for (const [i, answer] of first.entries()) {
      ends[i]?.[1].write('data')
      assert.deepEqual(await answer, [[ends[i]?.[0].fileno(), EVENT_READ]])
    }
    const others = workers.slice(2).map((worker) => worker.message())
    deliver(fixture, shared, 'data')
    for (const answer of others) assert.deepEqual(await answer, [[shared[0].fileno(), EVENT_READ]])
    for (const worker of workers) await assertEnds(worker, 0)
    assertEqual(() => drain(shared[0]), 'data')
  })
}

/** Other work on the machine makes single tries late; a thread that always waits for something is late each time. */
async function assertEndsAtOnce(secondsToEnd: () => Promise<number>): Promise<void> {
  let best = Number.POSITIVE_INFINITY
  for (let tries = 0; best > AT_ONCE && tries < TRIES; tries++) {
    const seconds = await secondsToEnd()
    assert.ok(seconds < SOON, `${seconds} s`)
    best = Math.min(best, seconds)
  }
  assert.ok(best <= AT_ONCE, `${best} s at best`)
}
