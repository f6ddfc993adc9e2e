import type { End } from '@selectors/core/conformance'
import {
  AF_INET,
  IPPROTO_TCP,
  MSG_OOB,
  MSG_PEEK,
  SHUT_WR,
  SO_RCVBUF,
  SO_SNDBUF,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  SocketError,
  TCP_NODELAY,
} from '@selectors/socket'

/** Bytes. The system's own buffers grow to megabytes, which takes long to fill. */
const BUFFER = 1 << 14

const MOST = 1 << 16

/** Two TCP sockets that are connected over the loopback, with small buffers. */
export function openTcpPair(): [End, End] {
  const listener = new Socket(AF_INET, SOCK_STREAM)
  try {
    listener.setSockOpt(SOL_SOCKET, SO_RCVBUF, BUFFER)
    listener.bind(['127.0.0.1', 0])
    listener.listen(1)
    const client = new Socket(AF_INET, SOCK_STREAM)
    client.setSockOpt(SOL_SOCKET, SO_RCVBUF, BUFFER)
    client.connect(listener.getSockName())
    const [server] = listener.accept()
    for (const socket of [client, server]) {
      socket.setSockOpt(SOL_SOCKET, SO_SNDBUF, BUFFER)
      socket.setSockOpt(IPPROTO_TCP, TCP_NODELAY, true)
      socket.setBlocking(false)
    }
    return [tcpEnd(client), tcpEnd(server)]
  } finally {
    listener.close()
  }
}

/** An end that also says how much has arrived. */
export interface SlowEnd extends End {
  /** How many bytes there are to read now. */
  arrived(): number
}

function tcpEnd(socket: Socket): SlowEnd {
  return {
    fileno: () => socket.fileno(),
    read: () => unlessItBlocks(() => socket.recv(MOST)),
    write: (data) => unlessItBlocks(() => socket.send(data)) ?? 0,
    sendUrgent: () => void socket.send('!', MSG_OOB),
    takeUrgent: () => void socket.recv(1, MSG_OOB),
    finish: () => socket.shutdown(SHUT_WR),
    close: () => socket.close(),
    dup: () => tcpEnd(socket.dup()),
    arrived: () => unlessItBlocks(() => socket.recv(MOST, MSG_PEEK))?.length ?? 0,
  }
}

function unlessItBlocks<Result>(call: () => Result): Result | undefined {
  try {
    return call()
  } catch (error) {
    if (error instanceof SocketError && error.code === 'EAGAIN') return undefined
    throw error
  }
}
