// The echo server as a class with `await server.serveForever()`. It waits in the event loop: timers, signal handlers and
// everything else in Node keep running.
//
//     node dist/serve-forever.js --port 1234
//     nc localhost 1234
//
// Ctrl-C is handled in JavaScript here, which a blocking select() would not let run: the server ends politely.
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import type { Socket } from '@selectors/socket'
import { options } from './shared/options.js'
import { accept, listen, receive, send } from './shared/tcp.js'

type Handler = (socket: Socket, mask: number) => void

class EchoServer implements Disposable {
  readonly #selector = new DefaultSelector<Handler, Socket>()

  constructor(port: number) {
    const handler = () => accept(listener, (connection) => this.#welcome(connection))
    const listener = listen(port)
    this.#selector.register(listener, EVENT_READ, handler)
  }

  /** Serves until the server is closed. */
  async serveForever(): Promise<void> {
    for await (const [{ data: handler, fileobj }, mask] of this.#selector) handler(fileobj, mask)
  }

  get connections(): number {
    return this.#selector.getMap().size - 1
  }

  close(): void {
    const keys = [...this.#selector.getMap().values()]
    this.#selector.close()
    for (const { fileobj } of keys) fileobj.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #welcome(connection: Socket): void {
    this.#selector.register(connection, EVENT_READ, () => this.#read(connection))
  }

  #read(connection: Socket): void {
    const data = receive(connection)
    if (data === undefined) return
    if (data.length > 0) this.#write(connection, data)
    else this.#leave(connection)
  }

  /** Sends everything, and reads nothing else before that. */
  #write(connection: Socket, data: Buffer): void {
    const rest = send(connection, data)
    if (rest.length > 0) this.#selector.modify(connection, EVENT_WRITE, () => this.#write(connection, rest))
    else this.#selector.modify(connection, EVENT_READ, () => this.#read(connection))
  }

  #leave(connection: Socket): void {
    this.#selector.unregister(connection)
    connection.close()
  }
}

const { port, period } = options({ port: 1234, period: 10 })
using server = new EchoServer(port)
process.once('SIGINT', () => server.close())
setInterval(() => console.log(`${server.connections} connections`), period * 1000).unref()
await server.serveForever()
console.log('closed')
