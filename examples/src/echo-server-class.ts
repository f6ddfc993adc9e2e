// The echo server made of classes: any object with a fileno() is a file object, so the server and its connections are what
// the selector waits for, and no data is needed.
//
//     node dist/echo-server-class.js --port 1234
//     nc localhost 1234
//
// Each connection reads and writes at the same time, and waits for just what it can use: to write only while there is
// something to send, to read only while there is room.
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from '@selectors/default'
import type { Socket } from '@selectors/socket'
import { options } from './shared/options.js'
import { accept, listen, receive, send } from './shared/tcp.js'

/** What is kept, in bytes, for a client that sends and does not read. */
const ROOM = 65536

interface Handler {
  fileno(): number
  handle(mask: number): void
}

class EchoServer implements Handler {
  readonly #selector = new DefaultSelector<undefined, Handler>()
  readonly #listener: Socket

  constructor(port: number) {
    this.#listener = listen(port)
    this.#selector.register(this, EVENT_READ)
  }

  fileno(): number {
    return this.#listener.fileno()
  }

  run(): never {
    for (;;) {
      for (const [{ fileobj }, mask] of this.#selector.select()) fileobj.handle(mask)
    }
  }

  handle(): void {
    accept(this.#listener, (socket, peer) => {
      console.log(`accepted fd ${socket.fileno()} from ${peer}`)
      this.#selector.register(new Connection(socket, this.#selector), EVENT_READ)
    })
  }
}

class Connection implements Handler {
  readonly #socket: Socket
  readonly #selector: DefaultSelector<undefined, Handler>
  #unsent: Buffer = Buffer.alloc(0)
  #ended = false

  constructor(socket: Socket, selector: DefaultSelector<undefined, Handler>) {
    this.#socket = socket
    this.#selector = selector
  }

  fileno(): number {
    return this.#socket.fileno()
  }

  handle(mask: number): void {
    if (mask & EVENT_READ) this.#read()
    if (mask & EVENT_WRITE) this.#unsent = send(this.#socket, this.#unsent)
    const events = this.#wanted()
    if (events === 0) this.#close()
    else this.#selector.modify(this, events)
  }

  #read(): void {
    const data = receive(this.#socket)
    if (data === undefined) return
    this.#ended = data.length === 0
    this.#unsent = Buffer.concat([this.#unsent, data])
  }

  #wanted(): number {
    const toRead = !this.#ended && this.#unsent.length < ROOM
    const toWrite = this.#unsent.length > 0
    return (toRead ? EVENT_READ : 0) | (toWrite ? EVENT_WRITE : 0)
  }

  #close(): void {
    console.log(`closing fd ${this.fileno()}`)
    this.#selector.unregister(this)
    this.#socket.close()
  }
}

const { port } = options({ port: 1234 })
new EchoServer(port).run()
