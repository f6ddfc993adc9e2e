import assert from 'node:assert/strict'
import { lookup } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ } from '../../program.js'
import { taskFor } from '../child.js'
import { stopwatch } from '../clock.js'
import { assertEnds, assertReady, assertSays, SOON } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { begun, deliver } from '../flow.js'
import type { End } from '../subject.js'

/** More than libuv has threads in its pool. */
const MANY = 64

/** How asynchronous waits affect the rest of a process. */
export function eventLoop({ it, create, open, subject, supports, startScript, startWithDescriptors }: Fixture): void {
  if (!supports.asynchronous || subject.module === undefined) return

  it(`is free for files and names, while ${MANY} selectors wait`, async () => {
    const waits = Array.from({ length: MANY }, () => {
      const selector = create()
      const [reader, writer] = open()
      return { writer, key: selector.register(reader, EVENT_READ), wait: begun(selector.selectAsync()) }
    })
    await Promise.all([readFile(__filename), lookup('localhost')])
    for (const { writer } of waits) writer.write('x')
    for (const { key, wait } of waits) assertReady(await wait, [key, EVENT_READ])
  })

  it('has its turn for what a wait leads to at once, not when something else happens', async () => {
    const [reader, writer] = open()
    const child = await startWithDescriptors('resolve', taskFor(subject, [reader.fileno()]))
    // Time to fall asleep. If it were too short, the loop would have a turn anyway.
    await setTimeout(100)
    const elapsed = stopwatch()
    writer.write('x')
    assert.equal(await Promise.race([child.message(), setTimeout(SOON * 1000, 'nothing')]), 1, `${elapsed()} s`)
    await assertEnds(child, 0)
  })

  for (const [steps, lingers] of [
    ['wait', true],
    ['unref wait', false],
    ['wait unref', false],
    ['unref wait ref', true],
    ['wait unref ref', true],
    ['waitLong', true],
    ['unref waitLong', false],
    ['waitLong unref', false],
    ['waitLong close', false],
    ['iterate', true],
    ['iterate close', false],
    ['wakeup', false],
    ['wakeup wait', false],
    ['resolved', false],
    ['aborted', false],
    ['timedOut', false],
    ['returned', false],
    ['resolved wait', true],
    ['aborted unref wait', false],
  ] as const) {
    it(`${lingers ? 'goes on' : 'ends'} after ${steps}`, () => assertLingers(open()[0], steps, lingers))
  }

  for (const [steps, lingers] of [
    ['iterateOn', true],
    ['unref iterateOn', false],
    ['iterateOn unref', false],
    ['unref iterateOn ref', true],
    ['iterateOn close', false],
  ] as const) {
    it(`${lingers ? 'goes on' : 'ends'} after ${steps}, where something is always ready`, async () => {
      const ends = open()
      deliver({ create }, ends, 'x')
      await assertLingers(ends[0], steps, lingers)
    })
  }

  it('ends at once by process.exit(), whatever is waited for', async () => {
    const child = await startScript('exit-waiting', taskFor(subject, [open()[0].fileno()]))
    await assertEnds(child, 7)
  })

  it('ends with its worker thread at any moment, and leaves nothing behind', async () => {
    const fds = open().map((end) => end.fileno())
    const child = await startScript('end-waiting', taskFor(subject, fds))
    await assertSays(child, 0)
    await assertEnds(child, 0)
  })

  async function assertLingers(end: End, steps: string, lingers: boolean): Promise<void> {
    const task = { ...taskFor(subject, [end.fileno()]), steps: steps.split(' ') }
    const child = await startScript('linger', task)
    await assertEnds(child, lingers ? 7 : 0)
  }
}
