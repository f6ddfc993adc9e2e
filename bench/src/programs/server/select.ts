// An HTTP server in a loop over select(), see c/server.c.
import { EVENT_READ } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { type InetAddress, Socket } from '@selectors/socket'
import { announce, endsRequest, RESPONSE } from './response.js'

type Serve = (socket: Socket<InetAddress>) => void

const selector = new EpollSelector<Serve, Socket<InetAddress>>()
const request = Buffer.alloc(4096)
const response = Buffer.from(RESPONSE)

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
    // Reset, when wrk has had enough.
  }
  selector.unregister(connection)
  connection.close()
}

const listener = new Socket<InetAddress>()
listener.bind(['127.0.0.1', 0])
listener.listen()
listener.setBlocking(false)
selector.register(listener, EVENT_READ, accept)
announce(listener.getSockName()[1])
for (;;) for (const [{ data, fileobj }] of selector.select()) data(fileobj)
