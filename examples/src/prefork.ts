// A server of several processes that share one listening socket, and how often they are woken. With EXCLUSIVE a connection wakes one
// of those that wait; without, all of them, of which all but one come too late.
//
//     node dist/prefork.js --port 1234 --connections 100      (then, 100 times: nc localhost 1234)
//     node dist/prefork.js --port 1234 --connections 100 --all
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { DefaultSelector, EVENT_READ, EXCLUSIVE, type FileObject } from '@selectors/default'
import { Socket } from '@selectors/socket'
import { options } from './shared/options.js'
import { accept, listen, send } from './shared/tcp.js'

/** The descriptors that a worker gets: it ends with its standard input, which ends when the parent does. */
const [STDIN, LISTENER] = [0, 3]

const { port, workers, connections, all, worker } = options({
  ...{ port: 1234, workers: 4, connections: 2 ** 31 - 1, all: false, worker: false },
})
if (worker) serve()
else await prefork()

async function prefork(): Promise<void> {
  const listener = listen(port)
  const children = Array.from({ length: workers }, () => start(listener))
  // The workers have their own.
  listener.close()
  let served = 0
  let woken = 0
  await Promise.all(
    children.map(async ({ stdout }) => {
      for await (const line of createInterface({ input: stdout })) {
        const [, wakeUps] = /^woken (\d+) times$/.exec(line) ?? []
        woken += Number(wakeUps ?? 0)
        if (line === 'served' && ++served === connections) for (const { stdin } of children) stdin.end()
        if (line.startsWith('worker')) console.log(line)
      }
    }),
  )
  console.log(`${served} connections, ${woken} wake-ups`)
}

function start(listener: Socket): ChildProcessByStdio<Writable, Readable, null> {
  const args = [fileURLToPath(import.meta.url), '--worker', ...(all ? ['--all'] : [])]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit', listener.fileno()] })
  return child as ChildProcessByStdio<Writable, Readable, null>
}

/** Waits in a process that does nothing else, and reports each wake-up. */
function serve(): void {
  const listener = Socket.from(LISTENER)
  // Only epoll has EXCLUSIVE.
  const mode = all ? 0 : EXCLUSIVE & DefaultSelector.supports.modes
  using selector = new DefaultSelector<undefined, FileObject>()
  selector.register(STDIN, EVENT_READ)
  selector.register(listener, EVENT_READ | mode)
  console.log(`worker ${process.pid} waits${mode === EXCLUSIVE ? ' exclusively' : ''}`)
  const before = sleeps()
  for (let goesOn = true; goesOn; ) {
    for (const [{ fileobj }] of selector.select()) {
      if (fileobj === listener) accept(listener, welcome)
      else goesOn = false
    }
  }
  console.log(`woken ${sleeps() - before} times`)
}

function welcome(connection: Socket): void {
  send(connection, Buffer.from(`${process.pid}\n`))
  connection.close()
  console.log('served')
}

/** How often this process went to sleep, and so was woken: in vain, too, of which select() tells nothing, and 20 times a second by itself. */
function sleeps(): number {
  return process.resourceUsage().voluntaryContextSwitches
}
