// What an HTTP server on a selector does with what is ready, see c/server.c.
import { EVENT_READ } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { type InetAddress, Socket } from '@selectors/socket'
import { announce, endsRequest, RESPONSE } from './response.js'

type Serve = (socket: Socket<InetAddress>) => void

const request = Buffer.alloc(4096)
const response = Buffer.from(RESPONSE)

/** Its keys' data is what to call with the file object that is ready. */
export const selector = new EpollSelector<Serve, Socket<InetAddress>>()

/** Listens, and tells the harness. */
export function listen(): void {
  const listener = new Socket<InetAddress>()
  listener.bind(['127.0.0.1', 0])
  listener.listen()
  listener.setBlocking(false)
  selector.register(listener, EVENT_READ, accept)
  announce(listener.getSockName()[1])
}

function accept(listener: Socket<InetAddress>): void {
  const [connection] = listener.accept()
  connection.setBlocking(false)
  selector.register(connection, EVENT_READ, serve)
}

function serve(connection: Socket<InetAddress>): void {
  try {
    const size = connection.recvInto(request)
    if (endsRequest(request, size)) connection.send(response)
    if (size > 0) return
  } catch {
    // Reset, when the client has had enough.
  }
  selector.unregister(connection)
  connection.close()
}
