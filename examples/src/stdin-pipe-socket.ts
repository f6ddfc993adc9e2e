// Three kinds of file objects in one loop: the standard input, a pipe from a child process and a UDP socket. Ends when input
// and child have ended.
//
//     node dist/stdin-pipe-socket.js --port 1234      (type something; Ctrl-D ends the input)
//     echo hello | nc -u -q 0 localhost 1234
import { spawn } from 'node:child_process'
import { readSync } from 'node:fs'
import { DefaultSelector, EVENT_READ, type FileObject } from '@selectors/default'
import { AF_INET, pipe, SOCK_DGRAM, Socket } from '@selectors/socket'
import { fail, options } from './shared/options.js'
import { HOST, nameOf, quoted, unlessBlocked } from './shared/tcp.js'

/** The number, not process.stdin: a stream would read ahead of the selector. */
const STDIN = 0
const room = Buffer.alloc(4096)

const { port, lines, period } = options({ port: 1234, lines: 3, period: 1 })
// The input may be a file as well, which epoll alone would refuse.
using selector = new DefaultSelector<() => void>({ anyDescriptor: true })
watchSocket()
watchChild()
watchStream('stdin', STDIN, () => room.subarray(0, readSync(STDIN, room)))

// The socket never ends, and does not count.
while (selector.getMap().size > 1) {
  for (const [key] of selector.select()) key.data()
}
console.log('done')

function watchSocket(): void {
  const socket = new Socket(AF_INET, SOCK_DGRAM)
  socket.setBlocking(false)
  try {
    socket.bind([HOST, port])
  } catch (error) {
    fail(error)
  }
  console.log(`listening on ${nameOf(socket.getSockName())}`)
  selector.register(socket, EVENT_READ, () => {
    const datagram = unlessBlocked(() => socket.recvFrom(4096))
    if (datagram !== undefined) console.log(`socket: ${quoted(datagram[0])}`)
  })
}

/** The streams of node's own child processes are not ours to wait on: give the child the end of a pipe. */
function watchChild(): void {
  const [reader, writer] = pipe()
  const program = 'for line in $(seq "$1"); do echo "line $line"; sleep "$2"; done'
  const child = spawn('sh', ['-c', program, 'sh', String(lines), String(period)], {
    stdio: ['ignore', writer.fileno(), 'inherit'],
  })
  child.once('error', fail)
  // The child has its own copy. The pipe ends when nothing holds the writing end any more.
  writer.close()
  watchStream('child', reader, () => reader.read(4096))
}

function watchStream(title: string, file: FileObject, read: () => Buffer): void {
  selector.register(file, EVENT_READ, () => {
    const data = unlessBlocked(read)
    if (data === undefined) return
    if (data.length > 0) {
      console.log(`${title}: ${quoted(data)}`)
      return
    }
    console.log(`${title} ended`)
    selector.unregister(file)
  })
}
