import assert from 'node:assert/strict'
import { EVENT_READ } from '../../program.js'
import { taskFor } from '../child.js'
import { stopwatch } from '../clock.js'
import { assertEnds } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { wakeUps } from '../wake-ups.js'

/** How often a blocking wait wakes up for nothing, which costs power. Linux counts it. */
export function idleness({ it, create, open, subject, supports, startScript }: Fixture): void {
  if (process.platform !== 'linux') return

  it('lets the thread sleep, but for 20 looks a second', async () => {
    const selector = create()
    selector.register(open()[0], EVENT_READ)
    const elapsed = stopwatch()
    const before = wakeUps()
    selector.select(0.5)
    const count = wakeUps() - before
    assert.ok(count <= 20 + 20 * elapsed(), `woke up ${count} times in ${elapsed()} s`)
  })

  const { bun, deno } = process.versions
  if (subject.module === undefined || !supports.pollable || bun !== undefined || deno !== undefined) return

  it('lets the main thread sleep longer where nothing is left to be done', async () => {
    const [reader] = open()
    const child = await startScript('idle', taskFor(subject, [reader.fileno()], 1))
    const best = (await child.message()) as number
    await assertEnds(child, 0)
    assert.ok(best <= 8, `woke up ${best} times in a second`)
  })
}
