// A pin's edges, as Linux's sysfs reports them: EVENT_PRIORITY on the `value` file of the pin, or on any other attribute that notifies.
//
//     echo 4 > /sys/class/gpio/export; echo both > /sys/class/gpio/gpio4/edge      (as root)
//     node dist/gpio.js --path /sys/class/gpio/gpio4/value
import { closeSync, openSync, readSync } from 'node:fs'
import { DefaultSelector, EVENT_PRIORITY } from '@selectors/default'
import { fail, options } from './shared/options.js'

const { path, edges } = options({ path: '/sys/class/gpio/gpio4/value', edges: 2 ** 31 - 1 })
const fd = open(path)
const room = Buffer.alloc(4096)

using selector = new DefaultSelector()
selector.register(fd, EVENT_PRIORITY)
// After registering, so that no edge is lost in between; and before waiting, because what was never read counts as changed.
console.log(`${path} is ${read()}`)
let seen = 0
for await (const _ready of selector) {
  console.log(`edge ${++seen}: ${read()}`)
  if (seen === edges) break
}
selector.unregister(fd)
closeSync(fd)

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    fail(error)
  }
}

/** Always from the start. Reading also ends the event: until then, the attribute is ready. */
function read(): string {
  return room
    .toString('utf8', 0, readSync(fd, room, 0, room.length, 0))
    .trim()
    .replaceAll('\n', ', ')
}
