// The echo server from Python Module of the Week: prints each step and ends after one client. select(1) returns every second,
// so that it could do something else in between.
//
//     node dist/pymotw-server.js
//     node dist/pymotw-client.js
//
// It sends as a non-blocking program has to: when the socket is ready to write, and not sooner.
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import type { Socket } from '@selectors/socket'
import { options } from './shared/options.js'
import { accept, listen, quoted, receive, send } from './shared/tcp.js'

type Callback = (mask: number) => void

const { port } = options({ port: 10000 })
let running = true

using listener = listen(port, 'starting up')
using selector = new DefaultSelector<Callback, Socket>()
selector.register(listener, EVENT_READ, () => accept(listener, welcome))
while (running) {
  console.log('waiting for I/O')
  for (const [{ data: callback }, mask] of selector.select(1)) callback(mask)
}
console.log('shutting down')

function welcome(connection: Socket, peer: string): void {
  console.log(`accept(${peer})`)
  let unsent: Buffer = Buffer.alloc(0)
  selector.register(connection, EVENT_READ, serve)

  function serve(mask: number): void {
    console.log(`server(${peer})`)
    if (mask & EVENT_READ) read()
    else write()
  }

  function read(): void {
    console.log('  ready to read')
    const data = receive(connection)
    if (data?.length === 0) close()
    else if (data !== undefined) {
      console.log(`  received ${quoted(data)}`)
      unsent = data
      selector.modify(connection, EVENT_WRITE, serve)
    }
  }

  function write(): void {
    console.log('  ready to write')
    console.log(`  sending ${quoted(unsent)}`)
    unsent = send(connection, unsent)
    if (unsent.length > 0) return
    console.log('  switching to read-only')
    selector.modify(connection, EVENT_READ, serve)
  }

  function close(): void {
    console.log('  closing')
    selector.unregister(connection)
    connection.close()
    running = false
  }
}
