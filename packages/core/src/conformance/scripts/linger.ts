/** In a process: does what it is told with a selector, and exits with 7 if that keeps it alive. */
import { EVENT_READ } from '../../contract/events.js'
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

load(task).then((SelectorClass) => {
  const selector = new SelectorClass()
  for (const fd of task.fds) selector.register(fd, EVENT_READ)
  for (const step of task.steps ?? []) steps[step]?.(selector)
  // Does not keep the process alive itself.
  setTimeout(() => process.exit(7), 300).unref()
  process.send?.('ready')
})
