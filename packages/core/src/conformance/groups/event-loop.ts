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

/** More than libuv has threads in its pool. */
const MANY = 64

/** Steps of the script `linger` that keep a process alive; with `iterateOn`, something is always ready. */
const LINGERING = [
  'wait',
  'unref wait ref',
  'wait unref ref',
  'waitLong',
  'iterate',
  'resolved wait',
  'iterateOn',
  'unref iterateOn ref',
]
/** Those that do not. */
const PASSING = [
  'unref wait',
  'wait unref',
  'unref waitLong',
  'waitLong unref',
  'waitLong close',
  'iterate close',
  'wakeup',
  'wakeup wait',
  'resolved',
  'aborted',
  'timedOut',
  'returned',
  'aborted unref wait',
  'unref iterateOn',
  'iterateOn unref',
  'iterateOn close',
]

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

  it('goes on while something is waited for', () => assertLinger(LINGERING, LINGERING, 0.1))

  // As long as it may take on a busy machine until nothing is left to be done.
  it('ends when nothing is, or nothing that counts', () => assertLinger(PASSING, [], 5))

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

  /** The steps that keep a process alive for some seconds are the expected ones. */
  async function assertLinger(steps: readonly string[], expected: readonly string[], seconds: number): Promise<void> {
    const busy = open()
    deliver({ create }, busy, 'x')
    const fds = [open()[0].fileno(), busy[0].fileno()]
    const child = await startScript('linger', { ...taskFor(subject, fds, seconds), steps })
    await assertSays(child, expected)
    await assertEnds(child, 0)
  }
}
