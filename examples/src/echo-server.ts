// An echo server with a callback for each socket: the example in Python's documentation of selectors.
//
//     node dist/echo-server.js --port 1234
//     nc localhost 1234
//
// The original only hopes that a send will not block. Here that is taken care of: what does not fit is kept and sent when the
// socket is writable, and until then nothing else is read. So a client that does not read holds up only itself.
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import type { Socket } from '@selectors/socket'
import { options } from './shared/options.js'
import { accept, listen, quoted, receive, send } from './shared/tcp.js'

type Callback = (socket: Socket) => void

const { port } = options({ port: 1234 })
using selector = new DefaultSelector<Callback, Socket>()
selector.register(listen(port), EVENT_READ, (listener) => accept(listener, welcome))

for (;;) {
  for (const [{ data: callback, fileobj: socket }] of selector.select()) callback(socket)
}

function welcome(connection: Socket, peer: string): void {
  console.log(`accepted fd ${connection.fileno()} from ${peer}`)
  selector.register(connection, EVENT_READ, read)
}

function read(connection: Socket): void {
  const data = receive(connection)
  if (data?.length === 0) close(connection)
  else if (data !== undefined) echo(connection, data)
}

function echo(connection: Socket, data: Buffer): void {
  console.log(`echoing ${quoted(data)} to fd ${connection.fileno()}`)
  const rest = send(connection, data)
  if (rest.length === 0) selector.modify(connection, EVENT_READ, read)
  else selector.modify(connection, EVENT_WRITE, () => echo(connection, rest))
}

function close(connection: Socket): void {
  console.log(`closing fd ${connection.fileno()}`)
  selector.unregister(connection)
  connection.close()
}
