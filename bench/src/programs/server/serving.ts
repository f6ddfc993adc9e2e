// What an HTTP server on a selector does with what is ready, see c/server.c.
import { EVENT_READ } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { type InetAddress, Socket } from '@selectors/socket'
import { announce, compute, endsRequest, RESPONSE } from './response.js'

type Connection = Socket<InetAddress>
type Serve = (socket: Connection) => void

const request = Buffer.alloc(4096)

/** Its keys' data is what to call with the file object that is ready. */
export const selector = new EpollSelector<Serve, Connection>()

/** Listens, and tells the harness. */
export function listen(): void {
  const listener: Connection = new Socket()
  listener.bind(['127.0.0.1', 0])
  listener.listen()
  welcome(listener)
  announce(listener.getSockName()[1])
}

/** Serves whoever comes to a listener: with this response, after so many steps of a computation. */
export function welcome(listener: Connection, events = EVENT_READ, text = RESPONSE, steps = 0): void {
  const response = Buffer.from(text)
  listener.setBlocking(false)
  selector.register(listener, events, accept)

  function accept(): void {
    const connection = next(listener)
    connection?.setBlocking(false)
    if (connection !== undefined) selector.register(connection, EVENT_READ, serve)
  }

  function serve(connection: Connection): void {
    try {
      const size = connection.recvInto(request)
      if (steps > 0) compute(steps)
      if (endsRequest(request, size)) connection.send(response)
      if (size > 0) return
    } catch {
      // Reset, when the client has had enough.
    }
    selector.unregister(connection)
    connection.close()
  }
}

/** None, if another thread was quicker to accept it. */
function next(listener: Connection): Connection | undefined {
  try {
    return listener.accept()[0]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined
    throw error
  }
}
