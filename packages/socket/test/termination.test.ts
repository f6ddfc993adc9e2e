import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { rows, system } from './system'

// Generous, for busy machines: none takes more than a second of its own.
jest.setTimeout(60_000)

const entry = JSON.stringify(require.resolve('@selectors/socket'))

/** Each waits for ever in the call that is named. */
const calls = rows<[name: string, program: string]>(
  [
    ['accept()', 'const s = new Socket(); s.bind(["127.0.0.1", 0]); s.listen(); return () => s.accept()'],
    ['recv()', 'const [a] = (globalThis.kept = socketpair()); return () => a.recv(1)'],
    ['recvInto()', 'const [a] = (globalThis.kept = socketpair()); return () => a.recvInto(Buffer.alloc(1))'],
    [
      'recv(MSG_WAITALL)',
      'const [a, b] = (globalThis.kept = socketpair()); b.send("x"); return () => a.recv(2, MSG_WAITALL)',
    ],
    ['recvFrom()', 'const s = new Socket(AF_INET, SOCK_DGRAM); s.bind(["127.0.0.1", 0]); return () => s.recvFrom(1)'],
    ['sendAll()', 'const [a] = (globalThis.kept = socketpair()); return () => a.sendAll(Buffer.alloc(1e7))'],
    ['send()', 'const [a] = (globalThis.kept = socketpair()); return () => { for (;;) a.send(Buffer.alloc(1e5)) }'],
    ['read() of a pipe', 'const [r] = (globalThis.kept = pipe()); return () => r.read(1)'],
    ['write() to a pipe', 'const [, w] = (globalThis.kept = pipe()); return () => w.write(Buffer.alloc(1e6))'],
  ],
  system.waitsForCrowds,
  [
    ['connect() over TCP', `${crowded('["127.0.0.1", 0]', 'AF_INET')}; return () => crowd().connect(address)`],
    ['connect() to a path', `${crowded('""', 'AF_UNIX')}; return () => crowd().connect(address)`],
    [
      'sendTo()',
      `const s = new Socket(AF_UNIX, SOCK_DGRAM); s.bind(''); globalThis.kept = s
    const a = new Socket(AF_UNIX, SOCK_DGRAM); return () => { for (;;) a.sendTo('x', s.getSockName()) }`,
    ],
  ],
)

/** A listener whose backlog is full of sockets that nobody accepts. */
function crowded(name: string, family: string): string {
  return `
    const listener = new Socket(${family}); listener.bind(${name}); listener.listen(0)
    const address = listener.getSockName()
    const crowd = () => { const s = new Socket(${family}); (globalThis.kept ??= [listener]).push(s); return s }
    for (let i = 0; i < 4; i++) { const s = crowd(); s.setBlocking(false); s.connectEx(address) }`
}

/** Sets up, tells that it is about to block, and writes down whether the call came back. */
const worker = (program: string) => `
  const { Socket, pipe, socketpair, AF_INET, AF_UNIX, SOCK_DGRAM, MSG_WAITALL } = require(${entry})
  const { parentPort, workerData } = require('node:worker_threads')
  const call = (() => { ${program} })()
  parentPort.postMessage('blocking')
  try { call() } finally { workerData[0] = 1 }`

/** Longer than two slices of a wait, so that a slice's end is no lucky first look. */
const A_WHILE_MS = 120

const aWhile = () => new Promise((resolve) => setTimeout(resolve, A_WHILE_MS))

/** The best of some measurements: a busy machine makes some of them slow, a fault makes all of them slow. */
async function best(measure: () => Promise<number>): Promise<number> {
  let least = Infinity
  for (let attempt = 0; attempt < 25 && least >= 100; attempt++) least = Math.min(least, await measure())
  return least
}

it.each(calls)('worker.terminate() ends %s within 100 ms', async (_, program) => {
  const elapsed = await best(async () => {
    const returned = new Uint8Array(new SharedArrayBuffer(1))
    const thread = new Worker(worker(program), { eval: true, workerData: returned })
    await once(thread, 'message')
    await aWhile()
    expect(returned[0]).toBe(0)
    const start = performance.now()
    expect(await thread.terminate()).toBe(1)
    return performance.now() - start
  })
  expect(elapsed).toBeLessThan(100)
})

it.each(calls)('process.exit() ends %s in a worker within 100 ms', async (_, program) => {
  const elapsed = await best(async () => {
    const main = `
      const { Worker } = require('node:worker_threads')
      const returned = new Uint8Array(new SharedArrayBuffer(1))
      const thread = new Worker(${JSON.stringify(worker(program))}, { eval: true, workerData: returned })
      thread.once('message', () => setTimeout(() => {
        require('node:fs').writeSync(1, JSON.stringify({ returned: returned[0], now: Date.now() }))
        process.exit(7)
      }, ${A_WHILE_MS}))`
    const child = spawn(process.execPath, ['-e', main], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (data) => {
      output += data
    })
    const [code] = await once(child, 'exit')
    const end = Date.now()
    if (!child.stdout.readableEnded) await once(child.stdout, 'end')
    const { returned, now } = JSON.parse(output)
    expect({ code, returned }).toEqual({ code: 7, returned: 0 })
    return end - now
  })
  expect(elapsed).toBeLessThan(100)
})
