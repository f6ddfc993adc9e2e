// A client that never blocks, neither to connect nor to send: it sends a lot, in pieces as large as the system accepts, and
// receives the echo at the same time. A client that sent everything first would wait for ever: the server, too, stops reading
// when nothing reads what it sends.
//
//     node dist/echo-server.js --port 1234
//     node dist/nonblocking-client.js --port 1234 --bytes 1000000
import { randomBytes } from 'node:crypto'
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import { SO_SNDBUF, SOL_SOCKET, type Socket } from '@selectors/socket'
import { fail, options } from './shared/options.js'
import { finishConnecting, receive, send, startConnecting } from './shared/tcp.js'

/** Seconds without any progress before the client gives up. */
const PATIENCE = 10

const { port, bytes } = options({ port: 1234, bytes: 1_000_000 })
const data = randomBytes(bytes)
let unsent: Buffer = data
let missing: Buffer = data
let sends = 0
let partialSends = 0

using socket = startConnecting(port)
// The system would take a megabyte at a time; this way there is something to see.
socket.setSockOpt(SOL_SOCKET, SO_SNDBUF, 16384)
using selector = new DefaultSelector<(mask: number) => void, Socket>()
selector.register(socket, EVENT_WRITE, connected)
console.log('connecting')

while (selector.getMap().size > 0) {
  const ready = selector.select(PATIENCE)
  if (ready.length === 0) fail(`no answer for ${PATIENCE} seconds`)
  for (const [key, mask] of ready) key.data(mask)
}
console.log(`sent ${bytes} bytes with ${sends} sends, ${partialSends} of them partial, and received the same`)

function connected(): void {
  finishConnecting(socket, port)
  console.log('connected')
  proceed()
}

function transfer(mask: number): void {
  if (mask & EVENT_WRITE) write()
  if (mask & EVENT_READ) read()
  proceed()
}

/** Waits for what is still to be done. */
function proceed(): void {
  if (missing.length === 0) selector.unregister(socket)
  else selector.modify(socket, unsent.length > 0 ? EVENT_READ | EVENT_WRITE : EVENT_READ, transfer)
}

function write(): void {
  const rest = send(socket, unsent)
  console.log(`sent ${unsent.length - rest.length} bytes, ${rest.length} are left`)
  unsent = rest
  sends++
  if (rest.length > 0) partialSends++
}

function read(): void {
  const echoed = receive(socket)
  if (echoed === undefined) return
  if (echoed.length === 0) fail(`the server closed the connection, ${missing.length} bytes too early`)
  if (!missing.subarray(0, echoed.length).equals(echoed)) fail('this is not what was sent')
  missing = missing.subarray(echoed.length)
}
