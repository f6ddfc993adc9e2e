import { once } from 'node:events'
import { runInThisContext } from 'node:vm'
import { EVENT_READ } from '../../program.js'
import { taskFor } from '../child.js'
import { assertReady, assertSays, assertWaits } from '../expect.js'
import type { Fixture } from '../fixture.js'
import { deliver } from '../flow.js'
import type { Storm } from '../subject.js'

/** Signals that interrupt a wait, which goes on with the time that is left, see PEP 475. */
export function signals(fixture: Fixture): void {
  const { it, create, open, keep, subject, startScript } = fixture
  if (subject.simulated && subject.storm === undefined) return
  // Windows has none that could interrupt a wait.
  if (process.platform === 'win32') return
  const storm = async () => {
    const signals = await (subject.storm?.() ?? stormOfSigchld(fixture))
    // Even if the test fails.
    keep({ close: () => void signals.stop() })
    return signals
  }

  for (const [what, registered] of [
    ['nothing registered', false],
    ['nothing ready', true],
  ] as const) {
    it(`do not shorten a wait with ${what}`, async () => {
      const selector = create()
      if (registered) selector.register(open()[0], EVENT_READ)
      const signals = await storm()
      assertWaits(selector, 0.25)
      await signals.stop()
    })
  }

  it('do not hide what is ready', async () => {
    const selector = create()
    const ends = open()
    const key = selector.register(ends[0], EVENT_READ)
    const signals = await storm()
    deliver(fixture, ends, 'data')
    for (let again = 0; again < 100; again++) assertReady(selector.select(0.01), [key, EVENT_READ])
    await signals.stop()
  })

  if (subject.module === undefined) return
  it('have their JavaScript handlers run after the wait, which they do not end', async () => {
    const child = await startScript('handle-signal', taskFor(subject, [], 0.1))
    await assertSays(child, { waited: true, handledMeanwhile: false, handledAfterwards: true })
  })
}

/**
 * SIGCHLD is a signal that every system has, and jest passes on. It interrupts what a program waits in only if it has a handler: libuv has
 * one on Linux, while a child process lives, but learns of the ends of children by other means on macOS and the BSDs.
 */
async function stormOfSigchld({ startScript }: Fixture): Promise<Storm> {
  // Under jest, `process` is a copy, which handles no signal.
  const process: NodeJS.Process = runInThisContext('process')
  const handle = () => {}
  process.on('SIGCHLD', handle)
  const arrived = once(process, 'SIGCHLD')
  const child = await startScript('storm')
  await arrived
  return {
    async stop() {
      await child.close()
      process.off('SIGCHLD', handle)
    },
  }
}
