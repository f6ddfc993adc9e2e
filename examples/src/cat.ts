// Copies standard input to standard output, whatever they are: a terminal, a pipe, a socket, a file, /dev/null. epoll refuses to
// wait for files; with `anyDescriptor` they are always ready, as they are in poll(2).
//
//     node dist/cat.js < README.md
//     ls | node dist/cat.js > copy
//     node dist/cat.js < /dev/null
//     node dist/cat.js
import { readSync, writeSync } from 'node:fs'
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import { fail } from './shared/options.js'
import { unlessBlocked } from './shared/tcp.js'

const [STDIN, STDOUT] = [0, 1]
const room = Buffer.alloc(65536)
let unwritten = room.subarray(0, 0)

// Each is waited for only while there is something to do with it: the input until it has data, then the output until that is written.
using selector = new DefaultSelector<() => boolean>({ anyDescriptor: true })
selector.register(STDIN, EVENT_READ, read)
try {
  for (let goesOn = true; goesOn; ) {
    for (const [key] of selector.select()) goesOn = key.data()
  }
} catch (error) {
  // No backend can help here, as with a directory (EISDIR).
  fail(error)
}

/** Returns whether the input goes on. */
function read(): boolean {
  const length = unlessBlocked(() => readSync(STDIN, room))
  if (length === undefined) return true
  if (length === 0) return false
  unwritten = room.subarray(0, length)
  selector.unregister(STDIN)
  selector.register(STDOUT, EVENT_WRITE, write)
  return true
}

/** Returns whether the output is still being read. */
function write(): boolean {
  const length = tryWrite()
  if (length === undefined) return false
  unwritten = unwritten.subarray(length)
  if (unwritten.length > 0) return true
  selector.unregister(STDOUT)
  selector.register(STDIN, EVENT_READ, read)
  return true
}

/** A page at a time: a pipe that is ready has room for that much, and a blocking one would wait for more. */
function tryWrite(): number | undefined {
  try {
    return unlessBlocked(() => writeSync(STDOUT, unwritten, 0, Math.min(unwritten.length, 4096))) ?? 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return undefined
    throw error
  }
}
