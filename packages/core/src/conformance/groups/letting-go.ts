import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ } from '../../program.js'
import { sleep } from '../clock.js'
import type { Fixture, Selector } from '../fixture.js'
import { begun } from '../flow.js'
import type { End } from '../subject.js'

/** How soon a file is closed for the rest of the world that this process has closed. */
const AT_ONCE = 0.1
/** Long enough for all to fall asleep that waits. */
const A_WHILE = 0.15
const TRIES = 25

const orders: Readonly<Record<string, (selector: Selector, end: End) => void>> = {
  'close()': (_, end) => end.close(),
  'unregister() and close()': (selector, end) => {
    selector.unregister(end)
    end.close()
  },
  'close() and unregister()': (selector, end) => {
    end.close()
    selector.unregister(end)
  },
}

const waits: Readonly<Record<string, (selector: Selector, signal: AbortSignal) => Promise<unknown>>> = {
  'an asynchronous wait': (selector) => selector.selectAsync(),
  'an iteration': (selector) => selector.events().next(),
  'a wait that is over': (selector) => selector.selectAsync({ timeout: 0.001 }),
  'a wait that is aborted': (selector, signal) => selector.selectAsync({ signal }),
}

/** What is closed is closed, for its peer too, whatever waits for it. */
export function lettingGo({ it, create, open, supports }: Fixture): void {
  for (const [order, close] of Object.entries(orders)) {
    it(`sees to it after ${order}`, () => {
      const selector = create()
      const [reader, writer] = open()
      selector.register(writer, EVENT_READ)
      selector.select(0)
      close(selector, writer)
      sleep(AT_ONCE)
      assert.equal(reader.read()?.length, 0, 'the peer does not see the end')
    })
  }

  if (!supports.asynchronous) return
  it('sees to it during asynchronous waits while the event loop goes on', () =>
    assertSeen(() => setTimeout(AT_ONCE * 1000)))
  it('sees to it during asynchronous waits while the thread is blocked', () => assertSeen(() => sleep(AT_ONCE)))

  if (supports.wakeup) {
    it('sees to it during a wait that begins as another ends, while the thread is blocked', async () => {
      let isSeen = false
      for (let tries = 0; !isSeen && tries < TRIES; tries++) {
        const selector = create()
        const [reader, writer] = open()
        const first = selector.selectAsync()
        setTimeout(A_WHILE * 1000).then(() => selector.wakeup())
        await first
        begun(selector.selectAsync())
        selector.register(writer, EVENT_READ)
        // So that whatever waits has begun to.
        sleep(0.01)
        writer.close()
        sleep(AT_ONCE)
        isSeen = reader.read()?.length === 0
        selector.close()
      }
      assert.ok(isSeen, 'the peer does not see the end')
    })
  }

  /** Other work on the machine makes a single try late; what keeps a file does so each time. */
  async function assertSeen(pause: () => unknown): Promise<void> {
    let unseen: string[] = []
    for (let tries = 0; tries === 0 || (unseen.length > 0 && tries < TRIES); tries++) unseen = await whatIsUnseen(pause)
    assert.deepEqual(unseen, [])
  }

  /** In all waits and orders at once: after which the peer does not see the end of the file. */
  async function whatIsUnseen(pause: () => unknown): Promise<string[]> {
    const cases = Object.entries(waits).flatMap(([wait, start]) =>
      Object.entries(orders).map(([order, close]) => {
        const selector = create()
        const [reader, writer] = open()
        selector.register(open()[0], EVENT_READ)
        selector.register(writer, EVENT_READ)
        const controller = new AbortController()
        // Some systems report what is closed, or refuse to wait for it.
        start(selector, controller.signal).catch(() => {})
        return { name: `${order} during ${wait}`, selector, reader, writer, controller, close }
      }),
    )
    await setTimeout(A_WHILE * 1000)
    for (const { selector, writer, controller, close } of cases) {
      controller.abort()
      close(selector, writer)
    }
    await pause()
    const unseen = cases.filter(({ reader }) => reader.read()?.length !== 0)
    for (const { selector } of cases) selector.close()
    return unseen.map(({ name }) => name)
  }
}
