// File systems that come and go: /proc/self/mounts is EVENT_PRIORITY when the table of mounts has changed, see proc(5).
//
//     node dist/mounts.js
//     mount -t tmpfs none /mnt      (as root, in another terminal)
import { openSync, readFileSync } from 'node:fs'
import { DefaultSelector, EVENT_PRIORITY } from '@selectors/default'

const TABLE = '/proc/self/mounts'

const fd = openSync(TABLE, 'r')
using selector = new DefaultSelector()
selector.register(fd, EVENT_PRIORITY)
// After registering: what changes while the table is read is reported later.
let known = read()
console.log(`${known.size} mounts`)
for (;;) {
  // Once for each change, or for several: looking consumes the event.
  selector.select()
  const now = read()
  for (const [mount, what] of now) if (!known.has(mount)) console.log(`mounted: ${what}`)
  for (const [mount, what] of known) if (!now.has(mount)) console.log(`unmounted: ${what}`)
  known = now
}

/** Each line of the table, and how to show it. Two mounts may have the same place, one over the other. */
function read(): Map<string, string> {
  const lines = readFileSync(TABLE, 'utf8').trimEnd().split('\n')
  return new Map(lines.map((line) => [line, line.split(' ').slice(0, 3).join(' ')]))
}
