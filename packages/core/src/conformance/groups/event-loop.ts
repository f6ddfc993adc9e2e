import assert from 'node:assert/strict'
import { lookup } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ } from '../../contract/events.js'
import { startScript, taskFor } from '../child.js'
import { stopwatch } from '../clock.js'
import { assertReady, SOON } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { deliver } from '../flow.js'
import type { End } from '../subject.js'

/** More than libuv has threads in its pool. */
const MANY = 64

/** What asynchronous waits do to the rest of a process. */
export function eventLoop({ it, create, open, keep, subject, supports }: Fixture): void {
  if (!supports.asynchronous || subject.module === undefined) return

  it(`is free for files and names, while ${MANY} selectors wait`, async () => {
    const waits = Array.from({ length: MANY }, () => {
      const selector = create()
      const [reader, writer] = open()
      return { writer, key: selector.register(reader, EVENT_READ), wait: selector.selectAsync() }
    })
    await Promise.all([readFile(__filename), lookup('localhost')])
    for (const { writer } of waits) writer.write('x')
    for (const { key, wait } of waits) assertReady(await wait, [key, EVENT_READ])
  })

  it('has its turn for what a wait leads to at once, not when something else happens', async () => {
    const [reader, writer] = open()
    const child = keep(await startScript('resolve', taskFor(subject, [reader.fileno()])))
    // Time to fall asleep. If it were too short, the loop would have a turn anyway.
    await setTimeout(100)
    const elapsed = stopwatch()
    writer.write('x')
    assert.equal(await Promise.race([child.message(), setTimeout(SOON * 1000, 'nothing')]), 1, `${elapsed()} s`)
    assert.equal(await child.ended, 0)
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
    const child = keep(await startScript('exit-waiting', taskFor(subject, [open()[0].fileno()])))
    assert.equal(await child.ended, 7)
  })

  it('ends with its worker thread at any moment, and leaves nothing behind', async () => {
    const fds = open().map((end) => end.fileno())
    const child = keep(await startScript('end-waiting', taskFor(subject, fds)))
    assert.equal(await child.message(), 0)
    assert.equal(await child.ended, 0)
  })

  async function assertLingers(end: End, steps: string, lingers: boolean): Promise<void> {
    const task = { ...taskFor(subject, [end.fileno()]), steps: steps.split(' ') }
    const child = keep(await startScript('linger', task))
    assert.equal(await child.ended, lingers ? 7 : 0)
  }
}
