import assert from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { stopwatch } from '../clock.js'
import { assertEqual, assertReady, assertWaits, SOON } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { deliver, drain } from '../flow.js'
import type { Pair } from '../subject.js'

const DELAY = 0.03

/** Waits that end because something becomes ready during them, which takes another thread. */
export function blocking(fixture: Fixture): void {
  const { it, create, open, keep, pair } = fixture
  const { writeLater: write } = pair
  if (write === undefined) return
  const writeLater: NonNullable<Pair['writeLater']> = async (...args) => {
    const later = await write.apply(pair, args)
    // Even if the test fails.
    keep({ close: () => void later.cancel() })
    return later
  }

  const forever = [undefined, null, Number.POSITIVE_INFINITY, 1e9, 1e9 + 1, 1e10, 2 ** 63, Number.MAX_VALUE]
  for (const timeout of [...forever, 30, 2_200_000, 2 ** 31]) {
    it(`waits for what comes, with the timeout ${timeout}`, async () => {
      const selector = create()
      const [reader, writer] = open()
      const key = selector.register(reader, EVENT_READ)
      const elapsed = stopwatch()
      const later = await writeLater(writer, 'late', DELAY)
      const batch = timeout === undefined ? selector.select() : selector.select(timeout)
      const seconds = elapsed()
      await later.cancel()
      assertReady(batch, [key, EVENT_READ])
      assert.ok(seconds >= DELAY, `ready after ${seconds} s, before it was written`)
      assert.ok(seconds < DELAY + SOON, `ready after ${seconds} s only`)
      assertEqual(() => drain(reader), 'late')
    })
  }

  it('ends at once when data comes, long before the timeout', async () => {
    const selector = create()
    const [reader, writer] = open()
    for (const end of Array.from({ length: 10 }, () => open()[0])) selector.register(end, EVENT_READ)
    const key = selector.register(reader, EVENT_READ)
    const later = await writeLater(writer, 'x', DELAY)
    const elapsed = stopwatch()
    assertReady(selector.select(60), [key, EVENT_READ])
    assert.ok(elapsed() < SOON)
    await later.cancel()
  })

  it('waits on while what comes is for events that are not waited for', async () => {
    const selector = create()
    const [reader, writer] = open()
    const other = open()
    selector.register(other[0], EVENT_READ)
    if (!pair.duplex && !pair.vague) selector.register(reader, EVENT_WRITE)
    const later = await writeLater(writer, 'x', DELAY)
    assertWaits(selector, 2 * DELAY)
    const witness = create()
    witness.register(reader, EVENT_READ)
    assert.equal(witness.select(SOON).length, 1, 'nothing came')
    await later.cancel()
  })

  const { bun, deno } = process.versions
  if (bun !== undefined || deno !== undefined) return

  it('is over for all when the script is ended that waits: nothing is lost', () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, EVENT_READ)
    for (let again = 0; again < 2; again++) {
      // Ended as by Ctrl+C in the REPL, which runs no `finally`.
      const waits = () => runInNewContext('selector.select(60)', { selector }, { timeout: 20 })
      assert.throws(waits, { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' })
      assertReady(selector.select(0))
    }
    deliver(fixture, [reader, writer], 'x')
    assertReady(selector.select(0), [key, EVENT_READ])
    selector.close()
  })
}
