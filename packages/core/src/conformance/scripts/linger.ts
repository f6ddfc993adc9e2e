/**
 * In a process: says, of lists of steps, which of them keep it alive when they have been taken with a selector. It is kept alive if
 * it goes on for `timeout` seconds, and is not as soon as nothing is left to be done.
 */
import { EVENT_READ } from '../../program.js'
import type { Task } from '../child.js'
import type { Selector } from '../fixture.js'
import { load } from './load.js'

const LONG = 30

const task = JSON.parse(process.argv[2] ?? '') as Task
const ignore = () => {}
const steps: Record<string, (selector: Selector) => unknown> = {
  wait: (selector) => selector.selectAsync().catch(ignore),
  waitLong: (selector) => selector.selectAsync({ timeout: LONG }).catch(ignore),
  iterate: (selector) => selector.events().next(),
  async iterateOn(selector) {
    for await (const _ of selector) ignore()
  },
  ref: (selector) => selector.ref(),
  unref: (selector) => selector.unref(),
  wakeup: (selector) => selector.wakeup(),
  close: (selector) => selector.close(),
}

/** Those that are over before the next one. */
const settled: Record<string, (selector: Selector) => Promise<unknown>> = {
  resolved(selector) {
    const wait = selector.selectAsync()
    selector.wakeup()
    return wait
  },
  aborted(selector) {
    const controller = new AbortController()
    const wait = selector.selectAsync({ timeout: LONG, signal: controller.signal }).catch(ignore)
    controller.abort()
    return wait
  },
  timedOut: (selector) => selector.selectAsync({ timeout: 0.001 }),
  returned(selector) {
    const events = selector.events()
    const next = events.next()
    void events.return?.()
    return next
  },
}

load(task).then(async (SelectorClass) => {
  process.send?.('ready')
  const lingering: string[] = []
  for (const list of task.steps ?? []) {
    const selector = new SelectorClass()
    if (await lingers(() => take(list.split(' '), selector))) {
      lingering.push(list)
      selector.close()
    }
  }
  // Ends by itself, with all that does not keep it alive.
  process.send?.(lingering)
})

async function take(list: readonly string[], selector: Selector): Promise<void> {
  const [quiet, ready] = task.fds
  const fd = list.includes('iterateOn') ? ready : quiet
  selector.register(fd as number, EVENT_READ)
  for (const step of list) {
    steps[step]?.(selector)
    await settled[step]?.(selector)
  }
}

/** Whether the process is alive `timeout` seconds after something has been begun. */
function lingers(begin: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      // A turn of the loop, without which promises do not go on.
      setImmediate(resolve, false)
    }
    const timer = setTimeout(
      () => {
        process.removeListener('beforeExit', end)
        resolve(true)
      },
      1000 * (task.timeout ?? 0),
    )
    // Does not keep the process alive itself.
    timer.unref()
    process.once('beforeExit', end)
    begin()
  })
}
