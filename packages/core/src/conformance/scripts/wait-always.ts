/** In a worker thread: waits asynchronously in several selectors, each in a way of its own, without end. */
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import type { Task } from '../child.js'
import type { Selector } from '../fixture.js'
import { load } from './load.js'

const task = workerData as Task

load(task).then((SelectorClass) => {
  const create = () => {
    const selector = new SelectorClass()
    for (const fd of task.fds) selector.register(fd, EVENT_READ)
    return selector
  }
  void create().selectAsync()
  void wakeAlways(create())
  void changeAlways(create())
  void iterateAlways(create())
  parentPort?.postMessage('waiting')
})

async function wakeAlways(selector: Selector): Promise<never> {
  selector.waker()
  for (;;) {
    selector.wakeup()
    await selector.selectAsync({ timeout: 0.001 })
  }
}

async function changeAlways(selector: Selector): Promise<never> {
  for (let data = 0; ; data++) {
    const wait = selector.selectAsync()
    for (const fd of task.fds) selector.modify(fd, EVENT_READ, data)
    for (const fd of task.fds) selector.modify(fd, EVENT_READ | EVENT_WRITE, data)
    await wait
  }
}

async function iterateAlways(selector: Selector): Promise<void> {
  for (const fd of task.fds) selector.modify(fd, EVENT_READ | EVENT_WRITE)
  for await (const _ of selector) await setImmediate()
}
