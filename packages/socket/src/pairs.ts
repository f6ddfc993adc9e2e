/** Pairs of connected file objects to test a selector with; what `@selectors/core/conformance` waits on. */
import {
  AF_INET,
  IPPROTO_TCP,
  MSG_OOB,
  pipe as openPipe,
  type PipeEnd,
  SHUT_WR,
  SOCK_STREAM,
  Socket,
  SocketError,
  socketpair,
  TCP_NODELAY,
} from './index.js'
import { type Later, writeLater } from './later.js'
import type { OpenFile } from './open-file.js'

/** One end of a pair: a non-blocking file object. */
export interface End {
  /** The descriptor; -1 after `close()`. */
  fileno(): number
  /** What is there now, at most 64 KiB; empty at the end of the stream, `undefined` when there is nothing yet. */
  read(): Buffer | undefined
  /** Writes: how many bytes were taken, 0 when the end is full. */
  write(data: Uint8Array | string): number
  /** Sends a byte of urgent data; sockets only. */
  sendUrgent?(): void
  /** Takes it. */
  takeUrgent?(): void
  /** Stops sending and goes on reading; sockets only. */
  finish?(): void
  /** Closes the end; nothing the second time. */
  close(): void
  /** A second descriptor of the same end. */
  dup(): End
}

/** A kind of file object to test with. */
export interface Pair {
  /** What it is called in the names of tests. */
  readonly name: string
  /** Whether both ends read and write; otherwise the first reads and the second writes. */
  readonly duplex: boolean
  /** The system may call an end ready for what it cannot do: macOS's select(2) finds a pipe's reader writable. */
  readonly vague?: boolean
  /** The ends send and take urgent data. */
  readonly urgent?: boolean
  /** An end can stop sending, which the other side sees, and go on reading. */
  readonly halfClose?: boolean
  /** Opens two connected ends. */
  open(): [End, End]
  /**
   * Writes `data` to `end` from another thread, `seconds` after the promise resolved, even while this thread is
   * blocked.
   *
   * @param seconds at least 0, fractions allowed
   */
  writeLater(end: Pick<End, 'fileno'>, data: string, seconds: number): Promise<Later>
}

/** The two ends of a pipe. */
export const pipe: Pair = {
  name: 'pipe',
  /** On FreeBSD, OpenBSD, DragonFly and illumos, where a pipe carries bytes both ways: pipe(2). */
  get duplex() {
    duplexPipes ??= havePipesTwoWays()
    return duplexPipes
  },
  vague: process.platform === 'darwin',
  open: () => {
    const [reader, writer] = openPipe()
    return [pipeEnd(reader), pipeEnd(writer)]
  },
  writeLater,
}

let duplexPipes: boolean | undefined

function havePipesTwoWays(): boolean {
  const [reader, writer] = openPipe()
  try {
    return reader.write('') === 0
  } catch {
    return false
  } finally {
    reader.close()
    writer.close()
  }
}

/** Two connected UNIX stream sockets. */
export const unixPair: Pair = socketPair('UNIX socket pair', socketpair, false)

/** Two TCP sockets that are connected over the loopback. */
export const tcpPair: Pair = socketPair('TCP socket pair', connectPair, true)

/** The kinds that this system has: on Windows, which waits for no pipe, the last one. */
export const pairs: readonly Pair[] = process.platform === 'win32' ? [tcpPair] : [pipe, unixPair, tcpPair]

function socketPair(name: string, openSockets: () => [Socket, Socket], urgent: boolean): Pair {
  const open = (): [End, End] => {
    const [first, second] = openSockets()
    return [socketEnd(first), socketEnd(second)]
  }
  return { name, duplex: true, urgent, halfClose: true, open, writeLater }
}

const MOST = 65536

function pipeEnd(file: PipeEnd): End {
  const read = () => file.read(MOST)
  return end(
    file,
    read,
    (data) => file.write(data),
    () => pipeEnd(file.dup()),
  )
}

function socketEnd(socket: Socket): End {
  const read = () => socket.recv(MOST)
  const stream = end(
    socket,
    read,
    (data) => socket.send(data),
    () => socketEnd(socket.dup()),
  )
  return {
    ...stream,
    sendUrgent: () => void socket.send('!', MSG_OOB),
    takeUrgent: () => void socket.recv(1, MSG_OOB),
    finish: () => socket.shutdown(SHUT_WR),
  }
}

function end(file: OpenFile, read: () => Buffer, write: (data: Uint8Array | string) => number, dup: () => End): End {
  file.setBlocking(false)
  return {
    fileno: () => file.fileno(),
    read: () => unlessItBlocks(read),
    write: (data) => unlessItBlocks(() => write(data)) ?? 0,
    close: () => file.close(),
    dup,
  }
}

/** Two sockets connected over the loopback interface, each sending at once what it is given. */
function connectPair(): [Socket, Socket] {
  const listener = new Socket(AF_INET, SOCK_STREAM)
  try {
    listener.bind(['127.0.0.1', 0])
    listener.listen(1)
    const client = new Socket(AF_INET, SOCK_STREAM)
    client.connect(listener.getSockName())
    const [server] = listener.accept()
    for (const socket of [client, server]) socket.setSockOpt(IPPROTO_TCP, TCP_NODELAY, true)
    return [server, client]
  } finally {
    listener.close()
  }
}

function unlessItBlocks<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch (error) {
    if (error instanceof SocketError && error.code === 'EAGAIN') return undefined
    throw error
  }
}
