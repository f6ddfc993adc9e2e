// Sockets and a clock in one loop: clients send numbers, one on each line, and every second the server says how many there
// are and what they add up to.
//
//     node dist/timed-events.js --port 1234 --period 1
//     nc localhost 1234
//
// The timeout is what is left of the second, and the clock has the last word: a server that worked only when select()
// comes back empty would never do so while clients keep it busy. Send something that is not a number to see what happens to a
// callback that throws.
import { performance } from 'node:perf_hooks'
import { DefaultSelector, EVENT_READ } from '@selectors/default'
import type { Socket } from '@selectors/socket'
import { attempt } from './shared/attempt.js'
import { Lines } from './shared/lines.js'
import { options } from './shared/options.js'
import { accept, listen, receive } from './shared/tcp.js'

type Callback = (socket: Socket) => void

const { port, period } = options({ port: 1234, period: 1 })
using selector = new DefaultSelector<Callback, Socket>()
selector.register(listen(port), EVENT_READ, (listener) => accept(listener, welcome))
let ticks = 0
let total = 0

let due = now() + period

for (;;) {
  for (const [key] of selector.select(due - now())) attempt(selector, key, key.data)
  if (now() < due) continue
  console.log(`tick ${++ticks}: ${selector.getMap().size - 1} clients, total ${total}`)
  due = now() + period
}

function welcome(connection: Socket): void {
  const lines = new Lines()
  selector.register(connection, EVENT_READ, () => read(connection, lines))
}

function read(connection: Socket, lines: Lines): void {
  const data = receive(connection)
  for (const line of lines.push(data)) total += parse(line)
  if (data?.length === 0) {
    selector.unregister(connection)
    connection.close()
  }
}

function parse(line: string): number {
  const number = Number(line)
  if (Number.isNaN(number)) throw new Error(`'${line}' is not a number`)
  return number
}

/** Seconds on a clock that nobody sets. */
function now(): number {
  return performance.now() / 1000
}
