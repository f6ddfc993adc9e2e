// A client, or the other end of one, that shares nothing with what it talks to: sockets of node:net.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

const open = new Set<Socket | Server>()

afterEach(() => {
  for (const peer of open) 'destroy' in peer ? peer.destroy() : peer.close()
  open.clear()
})

export class Peer {
  readonly socket: Socket
  /** Settled when the other end has ended the connection, whichever way. */
  readonly ended: Promise<void>
  /** What has come in so far. */
  received = ''
  #hasEnded = false
  #notify = () => {}

  constructor(socket: Socket) {
    open.add(socket)
    this.socket = socket.setEncoding('latin1').on('data', (text: string) => {
      this.received += text
      this.#notify()
    })
    // A reset is an end like any other here.
    socket.on('error', () => {})
    this.ended = new Promise((resolve) => {
      for (const event of ['end', 'close']) socket.once(event, resolve)
    })
    this.ended.then(() => {
      this.#hasEnded = true
      this.#notify()
    })
  }

  static async connect(port: number): Promise<Peer> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    await once(socket, 'connect')
    return new Peer(socket)
  }

  /** Sends; waits until the system has taken it. */
  async send(text: string): Promise<void> {
    await new Promise((resolve) => this.socket.write(text, 'latin1', resolve))
  }

  /** Waits until this has come in, and takes it and what came before out of `received`. */
  async hear(text: string): Promise<void> {
    while (!this.received.includes(text)) await this.more()
    this.received = this.received.slice(this.received.indexOf(text) + text.length)
  }

  /** Waits until anything more comes in. */
  async more(): Promise<void> {
    if (this.#hasEnded) throw new Error(`ended after '${this.received}'`)
    await new Promise<void>((resolve) => {
      this.#notify = resolve
    })
  }
}

/** Listens like the servers of the examples, but does as it is told; answers the port. */
export async function serve(talk: (socket: Socket) => void, allowHalfOpen = false): Promise<number> {
  const server = createServer({ allowHalfOpen }, (socket) => {
    open.add(socket)
    socket.on('error', () => {})
    talk(socket)
  })
  open.add(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A port where nobody listens. */
export async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
