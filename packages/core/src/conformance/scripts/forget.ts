/** In a process with --expose-gc: drops selectors without closing them, and says what is left of them. */
import { setImmediate } from 'node:timers/promises'
import { EVENT_READ } from '../../program.js'
import type { Task } from '../child.js'
import { openDescriptors, openSignalSockets } from '../descriptors.js'
import type { Selector } from '../fixture.js'
import { load } from './load.js'

const task = JSON.parse(process.argv[2] ?? '') as Task
process.send?.('ready')
openSignalSockets()

load(task).then(async (SelectorClass) => {
  new SelectorClass().close()
  const before = openDescriptors().length
  const left = () => openDescriptors().length - before
  let alive: WeakRef<Selector>[] = []
  for (let i = 0; i < 50; i++) alive.push(new WeakRef(await busy()))
  for (let tries = 0; tries < 100 && (alive.length > 0 || left() > 0); tries++) {
    // What was looked at is kept until the end of the turn.
    await setImmediate()
    globalThis.gc?.()
    await setImmediate()
    alive = alive.filter((selector) => selector.deref() !== undefined)
  }
  // Fewer than before, when Node itself had one open for a moment then.
  const descriptors = Math.max(0, left())
  process.send?.({ alive: alive.length, descriptors }, () => process.exit(0))

  async function busy(): Promise<Selector> {
    const selector = new SelectorClass()
    for (const fd of task.fds) selector.register(fd, EVENT_READ)
    selector.select(0)
    if (SelectorClass.supports.asynchronous) await selector.selectAsync({ timeout: 0.0001 })
    return selector
  }
})
