/** In a process: does what it is told with a selector, and exits with 7 if that keeps it alive. */
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
  const selector = new SelectorClass()
  for (const fd of task.fds) selector.register(fd, EVENT_READ)
  for (const step of task.steps ?? []) {
    steps[step]?.(selector)
    await settled[step]?.(selector)
  }
  // Does not keep the process alive itself.
  setTimeout(() => process.exit(7), 300).unref()
  process.send?.('ready')
})
