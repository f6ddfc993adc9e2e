// workers COUNT LISTENERS STEPS: an HTTP server in so many threads, each in a loop over a select() of its own. Each has a listener of its
// own, and the system deals the connections out, or they wait for one listener, which wakes one of them. See examples/src/workers.ts.
import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { EVENT_READ, EXCLUSIVE } from '@selectors/core'
import { type InetAddress, SO_REUSEPORT, SOL_SOCKET, Socket } from '@selectors/socket'
import { announce, responseOf } from './response.js'
import { selector, welcome } from './serving.js'

interface Task {
  readonly worker: number
  readonly steps: number
  /** Of the listener that all share, or where to listen. */
  readonly fd?: number
  readonly port: number
}

if (isMainThread) await start(process.argv.slice(2))
else serve(workerData)

async function start([count, listeners, steps]: string[]): Promise<void> {
  const first = bind(0)
  const port = first.getSockName()[1]
  if (listeners === 'shared') first.listen()
  const tasks = Array.from({ length: Number(count) }, (_, i) => ({ worker: i + 1, steps: Number(steps), port }))
  const threads = tasks.map((task) => {
    const place = listeners === 'shared' ? { fd: first.dup().detach() } : {}
    return new Worker(new URL(import.meta.url), { workerData: { ...task, ...place } })
  })
  await Promise.all(threads.map((thread) => once(thread, 'message')))
  first.close()
  announce(port)
}

function serve({ worker, steps, fd, port }: Task): void {
  const listener = fd === undefined ? bind(port) : (Socket.from(fd) as Socket<InetAddress>)
  if (fd === undefined) listener.listen()
  welcome(listener, fd === undefined ? EVENT_READ : EVENT_READ | EXCLUSIVE, responseOf(worker), steps)
  parentPort?.postMessage('listening')
  for (;;) for (const [{ data, fileobj }] of selector.select()) data(fileobj)
}

function bind(port: number): Socket<InetAddress> {
  const socket = new Socket<InetAddress>()
  socket.setSockOpt(SOL_SOCKET, SO_REUSEPORT, true)
  socket.bind(['127.0.0.1', port])
  return socket
}
