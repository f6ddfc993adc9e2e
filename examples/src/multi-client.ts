// A client with several connections at once, on each of which it waits for both events: it sends what can be sent and
// receives what is there, until every connection has got back what it sent.
//
//     node dist/echo-server.js --port 1234
//     node dist/multi-client.js --port 1234 --connections 3
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import type { Socket } from '@selectors/socket'
import { fail, options } from './shared/options.js'
import { finishConnecting, quoted, receive, send, startConnecting } from './shared/tcp.js'

const MESSAGES = ['Message 1 from client. ', 'Message 2 from client.']

interface Conversation {
  readonly id: number
  connected: boolean
  readonly outgoing: Buffer[]
  /** What has not come back yet. */
  expected: Buffer
}

const { port, connections } = options({ port: 1234, connections: 3 })
using selector = new DefaultSelector<Conversation, Socket>()

for (let id = 1; id <= connections; id++) {
  console.log(`connection ${id}: connecting`)
  const outgoing = MESSAGES.map((message) => Buffer.from(message))
  const conversation = { id, connected: false, outgoing, expected: Buffer.concat(outgoing) }
  // Writable at first means connected, so that is the one thing to wait for.
  selector.register(startConnecting(port), EVENT_WRITE, conversation)
}

while (selector.getMap().size > 0) {
  for (const [{ fileobj: socket, data: conversation }, mask] of selector.select()) {
    if (mask & EVENT_WRITE) write(socket, conversation)
    if (mask & EVENT_READ) read(socket, conversation)
  }
}

function write(socket: Socket, conversation: Conversation): void {
  const { id, connected, outgoing } = conversation
  if (!connected) {
    finishConnecting(socket, port)
    conversation.connected = true
    console.log(`connection ${id}: connected`)
  }
  const message = outgoing.shift()
  if (message !== undefined) {
    console.log(`connection ${id}: sending ${quoted(message)}`)
    const rest = send(socket, message)
    if (rest.length > 0) outgoing.unshift(rest)
  }
  // A socket is nearly always writable: a loop that keeps waiting for that without need never waits at all.
  selector.modify(socket, outgoing.length > 0 ? EVENT_READ | EVENT_WRITE : EVENT_READ, conversation)
}

function read(socket: Socket, conversation: Conversation): void {
  const data = receive(socket)
  if (data === undefined) return
  const { id, expected } = conversation
  if (data.length === 0) fail(`connection ${id}: closed by the server, ${expected.length} bytes too early`)
  console.log(`connection ${id}: received ${quoted(data)}`)
  if (!expected.subarray(0, data.length).equals(data)) fail(`connection ${id}: this is not what was sent`)
  conversation.expected = expected.subarray(data.length)
  if (conversation.expected.length > 0) return
  console.log(`connection ${id}: closing`)
  selector.unregister(socket)
  socket.close()
}
