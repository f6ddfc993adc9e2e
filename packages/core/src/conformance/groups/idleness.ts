import assert from 'node:assert/strict'
import { EVENT_READ } from '../../program.js'
import { type Child, type Task, taskFor } from '../child.js'
import { stopwatch } from '../clock.js'
import { assertEnds } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { IDLE, wakeUps } from '../wake-ups.js'

/** How many threads are tried; a process tries several times itself. */
const THREADS = 6

/** How often a wait wakes up for nothing, which costs power. Linux counts it. */
export function idleness({ it, create, open, subject, supports, startScript, startWorker }: Fixture): void {
  if (process.platform !== 'linux') return

  it('lets the thread sleep, but for 20 looks a second', () => {
    const selector = create()
    selector.register(open()[0], EVENT_READ)
    const elapsed = stopwatch()
    const before = wakeUps()
    selector.select(0.5)
    const count = wakeUps() - before
    assert.ok(count <= 20 + 20 * elapsed(), `woke up ${count} times in ${elapsed()} s`)
  })

  if (subject.module === undefined) return

  it('lets the main thread sleep ever longer', () => assertSleepsLonger(startScript))

  it('lets a thread sleep ever longer whose event loop has something left to be done', () =>
    assertSleepsLonger(startWorker, THREADS))

  if (supports.asynchronous) {
    it('lets all sleep ever longer that waits while the event loop does', () =>
      assertSleepsLonger((script, task) => startScript(script, { ...task, asynchronous: true })))
  }

  /** Other work of the runtime wakes a thread too, at times; what looks too often does so each time. */
  async function assertSleepsLonger(start: (script: string, task: Task) => Promise<Child>, most = 1): Promise<void> {
    let best = Number.POSITIVE_INFINITY
    for (let tries = 0; best > IDLE.most && tries < most; tries++) {
      const child = await start('idle', taskFor(subject, [open()[0].fileno()]))
      best = Math.min(best, (await child.message()) as number)
      await assertEnds(child, 0)
    }
    assert.ok(best <= IDLE.most, `woke up ${best} times in ${IDLE.seconds} s`)
  }
}
