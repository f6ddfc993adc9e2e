// The echo client of Python Module of the Week: waits for both events, sends two messages, one for each time that the
// socket is writable, then only reads, and ends when as much came back as it sent.
//
//     node dist/pymotw-server.js
//     node dist/pymotw-client.js
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import { AF_INET, SOCK_STREAM, Socket } from '@selectors/socket'
import { fail, options } from './shared/options.js'
import { HOST, quoted, receive, send } from './shared/tcp.js'

const { port } = options({ port: 10000 })
const outgoing: Buffer[] = ['This is the message.  ', 'It will be repeated.'].map((message) => Buffer.from(message))
let bytesSent = 0
let bytesReceived = 0

console.log(`connecting to ${HOST} port ${port}`)
using socket = new Socket(AF_INET, SOCK_STREAM)
try {
  socket.connect([HOST, port])
} catch (error) {
  fail(error)
}
socket.setBlocking(false)

using selector = new DefaultSelector<undefined, Socket>()
selector.register(socket, EVENT_READ | EVENT_WRITE)

while (outgoing.length > 0 || bytesReceived < bytesSent) {
  console.log('waiting for I/O')
  for (const [, mask] of selector.select(1)) {
    console.log(`client(${HOST}:${port})`)
    if (mask & EVENT_READ) read()
    if (mask & EVENT_WRITE) write()
  }
}
console.log('shutting down')
selector.unregister(socket)

function read(): void {
  console.log('  ready to read')
  const data = receive(socket)
  if (data === undefined) return
  if (data.length === 0) fail(`the server closed the connection after ${bytesReceived} of ${bytesSent} bytes`)
  console.log(`  received ${quoted(data)}`)
  bytesReceived += data.length
}

function write(): void {
  console.log('  ready to write')
  const message = outgoing.shift()
  if (message === undefined) {
    // Left registered for writing, select() would return at once, for ever.
    console.log('  switching to read-only')
    selector.modify(socket, EVENT_READ)
    return
  }
  console.log(`  sending ${quoted(message)}`)
  const rest = send(socket, message)
  bytesSent += message.length - rest.length
  if (rest.length > 0) outgoing.unshift(rest)
}
