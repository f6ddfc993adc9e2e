// A server on several processors: threads that share a port and nothing else. Each has a selector and a listener of its own, and the system
// deals the connections out to the listeners (SO_REUSEPORT). With --shared all wait for one listener, and a connection wakes
// one of the threads (EXCLUSIVE), which is usually one that has nothing else to do.
//
//     node dist/workers.js --port 1234 --threads 2
//     node dist/workers.js --port 1234 --threads 2 --shared
//     nc localhost 1234      (everything comes back, with the number of the thread)
//
// Linux deals out evenly, by the addresses of both ends. macOS and the BSDs give all connections to one of the listeners.
import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { DefaultSelector, EVENT_READ, EVENT_WRITE, EXCLUSIVE } from '@selectors/default'
import { AF_INET, type InetAddress, SO_REUSEPORT, SOCK_STREAM, SOL_SOCKET, Socket } from '@selectors/socket'
import { fail, options } from './shared/options.js'
import { holdSpare } from './shared/spare.js'
import { accept, HOST, listen, nameOf, receive, send } from './shared/tcp.js'

/** What a thread is told: the port to listen on, or the descriptor of the shared listener. */
interface Task {
  readonly number: number
  readonly port?: number
  readonly fd?: number
}

type Callback = (socket: Socket) => void

if (isMainThread) await start()
else serve(workerData)

async function start(): Promise<void> {
  const { port, threads, shared } = options({ port: 1234, threads: 2, shared: false })
  const numbers = Array.from({ length: threads }, (_, number) => number + 1)
  if (shared) {
    const listener = listen(port)
    // Each thread has a descriptor of its own for it, and closes that when it ends.
    for (const number of numbers) startThread({ number, fd: listener.dup().detach() })
    listener.close()
  } else {
    // Bound but not listening, it gets no connections; it finds a number when the port is 0.
    const reserved = bind(port)
    const address = reserved.getSockName()
    await Promise.all(numbers.map((number) => once(startThread({ number, port: address[1] }), 'message')))
    reserved.close()
    console.log(`listening on ${nameOf(address)}`)
  }
}

function startThread(task: Task): Worker {
  return new Worker(new URL(import.meta.url), { workerData: task })
}

/** Every listener on the port has to say that it shares it, before bind(), and belong to the same user. */
function bind(port: number): Socket<InetAddress> {
  const socket = new Socket(AF_INET, SOCK_STREAM)
  socket.setBlocking(false)
  try {
    socket.setSockOpt(SOL_SOCKET, SO_REUSEPORT, true)
    socket.bind([HOST, port])
  } catch (error) {
    fail(error)
  }
  return socket
}

function serve({ number, port = 0, fd }: Task): void {
  const listener = fd === undefined ? bind(port) : Socket.from(fd)
  if (fd === undefined) listener.listen()
  holdSpare()
  using selector = new DefaultSelector<Callback, Socket>()
  // Only epoll has EXCLUSIVE. Elsewhere all are woken, and all but one come too late.
  const mode = fd === undefined ? 0 : EXCLUSIVE & DefaultSelector.supports.modes
  selector.register(listener, EVENT_READ | mode, () => accept(listener, welcome))
  parentPort?.postMessage('listening')
  for (;;) {
    for (const [{ data: callback, fileobj: socket }] of selector.select()) callback(socket)
  }

  function welcome(connection: Socket): void {
    selector.register(connection, EVENT_READ, read)
  }

  function read(connection: Socket): void {
    const data = receive(connection)
    if (data?.length === 0) close(connection)
    else if (data !== undefined) echo(connection, Buffer.concat([Buffer.from(`${number}: `), data]))
  }

  function echo(connection: Socket, data: Buffer): void {
    const rest = send(connection, data)
    if (rest.length === 0) selector.modify(connection, EVENT_READ, read)
    else selector.modify(connection, EVENT_WRITE, () => echo(connection, rest))
  }

  function close(connection: Socket): void {
    selector.unregister(connection)
    connection.close()
  }
}
