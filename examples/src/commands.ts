// A worker with a blocking loop that takes commands from the main thread: what is posted to it comes with a wake-up, because
// the worker's own event loop stands still while it waits in select().
//
//     node dist/commands.js --port 1234      (then type: count, reset or stop)
//     echo hello | nc -u -w 1 localhost 1234
import { createInterface } from 'node:readline'
import { isMainThread, parentPort, receiveMessageOnPort, Worker, workerData } from 'node:worker_threads'
import { DefaultSelector, EVENT_READ, type WakeHandle, wake } from '@selectors/default'
import { AF_INET, SOCK_DGRAM, Socket } from '@selectors/socket'
import { options } from './shared/options.js'
import { HOST, nameOf, unlessBlocked } from './shared/tcp.js'

if (isMainThread) command()
else count()

function command(): void {
  const worker = new Worker(new URL(import.meta.url), { workerData: options({ port: 1234 }) })
  worker.once('message', (handle: WakeHandle) => {
    worker.on('message', console.log)
    // The end of the input, for whatever reason, ends the worker.
    const input = createInterface({ input: process.stdin }).on('close', () => tell('stop'))
    input.on('line', tell)
    worker.once('exit', (status) => {
      console.log(`the worker ended with ${status}`)
      input.close()
      process.stdin.destroy()
    })
    function tell(line: string): void {
      worker.postMessage(line)
      wake(handle)
    }
  })
}

/** Counts datagrams, in a thread that does nothing else. */
function count(): void {
  const socket = new Socket(AF_INET, SOCK_DGRAM)
  using selector = new DefaultSelector<() => void>()
  let datagrams = 0
  let stopped = false
  const commands: Readonly<Record<string, () => string>> = {
    count: () => `${datagrams} datagrams`,
    reset: () => {
      datagrams = 0
      return 'counting from 0'
    },
    stop: () => {
      stopped = true
      return 'stopping'
    },
  }

  socket.setBlocking(false)
  socket.bind([HOST, workerData.port])
  selector.register(socket, EVENT_READ, () => {
    if (unlessBlocked(() => socket.recv(65536)) !== undefined) datagrams++
  })
  parentPort?.postMessage(selector.waker())
  parentPort?.postMessage(`listening on ${nameOf(socket.getSockName())}`)
  while (!stopped) {
    // When woken, it returns an empty list.
    for (const [key] of selector.select()) key.data()
    for (let next = take(); next !== undefined; next = take()) parentPort?.postMessage(obey(next))
  }
  socket.close()

  function obey(line: string): string {
    return commands[line]?.() ?? `cannot ${line}: ${Object.keys(commands).join(', ')}`
  }
}

/** What has been posted to this thread, without its event loop. */
function take(): string | undefined {
  return parentPort === null ? undefined : receiveMessageOnPort(parentPort)?.message
}
