// First things first: the order in which select() names what is ready means nothing, so the loop sorts it. Jobs, JSON on a
// line each, come in at two ports, and those of the urgent one are done before the others that are there.
//
//     node dist/priorities.js --port 1234 --urgent-port 1235
//     echo '"water the plants"' | nc localhost 1234
//     echo '"put out the fire"' | nc localhost 1235
//
// Send something that is not JSON to see what happens to a callback that throws.
import { inspect } from 'node:util'
import { DefaultSelector, EVENT_READ } from '@selectors/default'
import type { Socket } from '@selectors/socket'
import { attempt } from './shared/attempt.js'
import { Lines } from './shared/lines.js'
import { options } from './shared/options.js'
import { accept, listen, receive } from './shared/tcp.js'

interface Task {
  /** The lowest number comes first. */
  readonly priority: number
  readonly callback: (socket: Socket) => void
}

const { port, 'urgent-port': urgentPort } = options({ port: 1234, 'urgent-port': 1235 })
using selector = new DefaultSelector<Task, Socket>()
open(urgentPort, 'urgent', 0)
open(port, 'normal', 1)

for (;;) {
  const ready = selector.select().sort(([a], [b]) => a.data.priority - b.data.priority)
  for (const [key] of ready) attempt(selector, key, key.data.callback)
}

function open(port: number, title: string, priority: number): void {
  const listener = listen(port, `${title} jobs`)
  selector.register(listener, EVENT_READ, { priority, callback: () => accept(listener, welcome) })

  function welcome(connection: Socket): void {
    const lines = new Lines()
    selector.register(connection, EVENT_READ, { priority, callback: () => work(connection, title, lines) })
  }
}

function work(connection: Socket, title: string, lines: Lines): void {
  const data = receive(connection)
  for (const line of lines.push(data)) console.log(`${title} job: ${inspect(JSON.parse(line))}`)
  if (data?.length === 0) {
    selector.unregister(connection)
    connection.close()
  }
}
