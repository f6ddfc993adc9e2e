// Connections that are served by a pool of threads, with one selector for all: ONE_SHOT reports a connection once, so that one thread
// at a time has it, and modify() arms it again when that is done.
//
//     node dist/pool.js --port 1234 --threads 2
//     nc localhost 1234      (each line is a password, which takes a while to hash)
import { scryptSync } from 'node:crypto'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { DefaultSelector, EVENT_READ, type FileObject, ONE_SHOT, waitWritable } from '@selectors/default'
import { Socket } from '@selectors/socket'
import { options } from './shared/options.js'
import { accept, listen, receive, trySend } from './shared/tcp.js'

const LONGEST = 4096
/** How long a thread waits for a client that does not read, in seconds. */
const PATIENCE = 10

/** A connection for a thread to serve, and what has come of a line that is not complete. */
interface Job {
  readonly fd: number
  readonly started: string
}

/** The same afterwards. */
interface Done extends Job {
  readonly ended: boolean
}

if (isMainThread) await share()
else parentPort?.on('message', async (job: Job) => parentPort?.postMessage(await serve(job)))

/** Waits for all connections, and gives what is ready to whichever thread is idle. */
async function share(): Promise<void> {
  const { port, threads } = options({ port: 1234, threads: 2 })
  const listener = listen(port)
  const selector = new DefaultSelector<() => void, FileObject>()
  const jobs: Job[] = []
  const idle = Array.from({ length: threads }, (_, number) => start(number + 1))

  // From here on a connection is its number, and belongs to the thread that serves it.
  const welcome = () => accept(listener, (connection) => arm(connection.detach(), ''))
  selector.register(listener, EVENT_READ, welcome)
  for await (const [{ data: act }] of selector) act()

  function start(number: number): Worker {
    const worker = new Worker(new URL(import.meta.url), { workerData: number })
    return worker.on('message', ({ fd, started, ended }: Done) => {
      if (ended) close(fd)
      else arm(fd, started)
      idle.push(worker)
      assign()
    })
  }

  /** Makes the selector report a connection once more. Until then it does not, whatever arrives. */
  function arm(fd: number, started: string): void {
    const act = () => {
      jobs.push({ fd, started })
      assign()
    }
    if (selector.getMap().has(fd)) selector.modify(fd, EVENT_READ | ONE_SHOT, act)
    else selector.register(fd, EVENT_READ | ONE_SHOT, act)
  }

  function assign(): void {
    while (idle.length > 0 && jobs.length > 0) idle.shift()?.postMessage(jobs.shift())
  }

  function close(fd: number): void {
    selector.unregister(fd)
    Socket.from(fd).close()
  }
}

/** Hashes the lines that there are, in a thread of the pool. */
async function serve({ fd, started }: Job): Promise<Done> {
  const connection = Socket.from(fd)
  try {
    const data = receive(connection, LONGEST)
    if (data === undefined) return { fd, started, ended: false }
    const lines = (started + data.toString('latin1')).split('\n')
    const rest = lines.pop() ?? ''
    for (const line of lines) {
      const hash = scryptSync(Buffer.from(line, 'latin1'), 'salt', 16).toString('hex')
      console.log(`thread ${workerData}: ${hash}`)
      if (!(await sendAll(connection, Buffer.from(`${hash}\n`)))) return { fd, started: '', ended: true }
    }
    return { fd, started: rest, ended: data.length === 0 || rest.length > LONGEST }
  } finally {
    connection.detach()
  }
}

/** Returns whether the client has received it. */
async function sendAll(connection: Socket, data: Buffer): Promise<boolean> {
  let rest = trySend(connection, data)
  while (rest !== undefined && rest.length > 0) {
    if (!(await waitWritable(connection, { timeout: PATIENCE }))) return false
    rest = trySend(connection, rest)
  }
  return rest !== undefined
}
