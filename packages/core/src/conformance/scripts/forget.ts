/** In a process with --expose-gc: forgets selectors without closing them, and says what is left of them. */
import { closeSync, openSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { EVENT_READ } from '../../events.js'
import type { Task } from '../child.js'
import { load } from './load.js'

const task = JSON.parse(process.argv[2] ?? '') as Task
process.send?.('ready')

load(task).then(async (SelectorClass) => {
  new SelectorClass().close()
  const before = lowestFree()
  const forgotten = Array.from({ length: 50 }, () => new WeakRef(busy()))
  let alive = forgotten
  for (let tries = 0; tries < 100 && (alive.length > 0 || lowestFree() > before); tries++) {
    // What was looked at is kept until the end of the turn.
    await setImmediate()
    globalThis.gc?.()
    await setImmediate()
    alive = alive.filter((selector) => selector.deref() !== undefined)
  }
  // Fewer than before, when Node itself had one open for a moment then.
  const descriptors = Math.max(0, lowestFree() - before)
  process.send?.({ alive: alive.length, descriptors }, () => process.exit(0))

  function busy() {
    const selector = new SelectorClass()
    for (const fd of task.fds) selector.register(fd, EVENT_READ)
    selector.select(0)
    return selector
  }
})

function lowestFree(): number {
  const fd = openSync('/dev/null', 'r')
  closeSync(fd)
  return fd
}
