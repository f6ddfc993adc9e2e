import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rows, system } from './system'

// Generous, for busy machines: none takes more than a second of its own.
jest.setTimeout(60_000)

const entry = JSON.stringify(require.resolve('@selectors/socket'))
const pairs = JSON.stringify(require.resolve('@selectors/socket/pairs'))

/** Each blocks for about 100 ms and answers what it got. */
const calls = rows<[name: string, expected: unknown, program: string]>(
  [
    ['recv()', 'hi', 'const [a, b] = socketpair(); await later(b, "hi", 0.1); return a.recv(10).toString()'],
    [
      'recv(MSG_WAITALL)',
      'xhi',
      'const [a, b] = socketpair(); b.send("x"); await later(b, "hi", 0.1); return a.recv(3, MSG_WAITALL).toString()',
    ],
    ['read() of a pipe', 'hi', 'const [r, w] = pipe(); await later(w, "hi", 0.1); return r.read(10).toString()'],
    [
      'accept()',
      'hi',
      `${listen()} await work('const s = new Socket(); s.connect(' + at + '); s.sendAll("hi"); s.close()')
    return s.accept()[0].recv(10).toString()`,
    ],
    [
      'sendAll()',
      3e6,
      `const [a, b] = socketpair(); const done = await work('const s = Socket.from(' + b.detach() + ');' +
    'let n = 0; for (let d; (d = s.recv(65536)).length > 0; ) n += d.length; parentPort.postMessage(n)')
    a.sendAll(Buffer.alloc(3e6)); a.close(); return await done()`,
    ],
    [
      'write() to a pipe',
      1e6,
      `const [r, w] = pipe(); await work('const r = PipeEnd.from(' + r.detach() + '); while (r.read(65536).length);')
    return w.write(Buffer.alloc(1e6))`,
    ],
  ],
  system.waitsForCrowds,
  [
    [
      'connect()',
      0,
      `${listen()} const crowd = Array.from({ length: 4 }, () => new Socket())
    for (const c of crowd) { c.setBlocking(false); c.connectEx(s.getSockName()) }
    await work('const s = Socket.from(' + s.dup().detach() + '); for (let i = 0; i < 5; i++) s.accept()')
    return new Socket().connectEx(s.getSockName())`,
    ],
    [
      'connect() to a path',
      0,
      `const s = new Socket(AF_UNIX); s.bind(''); s.listen(0)
    const crowd = Array.from({ length: 4 }, () => new Socket(AF_UNIX))
    for (const c of crowd) { c.setBlocking(false); c.connectEx(s.getSockName()) }
    await work('const s = Socket.from(' + s.dup().detach() + '); for (let i = 0; i < 2; i++) s.accept()')
    return new Socket(AF_UNIX).connectEx(s.getSockName())`,
    ],
  ],
)

function listen(): string {
  return `const s = new Socket(); s.bind(['127.0.0.1', 0]); s.listen(0); const at = JSON.stringify(s.getSockName());`
}

/**
 * Runs a call on the main thread, which a child storms with SIGCHLD: libuv handles it there from the first child on.
 */
const main = (program: string) => `
  const { Socket, PipeEnd, pipe, socketpair, AF_UNIX, MSG_WAITALL } = require(${entry})
  const { writeLater: later } = require(${pairs}).pipe
  const { Worker } = require('node:worker_threads')
  const { spawn } = require('node:child_process')

  /** Starts a worker that does its work in 100 ms; answers a function that waits for its message. */
  async function work(code) {
    const worker = new Worker(
      "const { Socket, PipeEnd } = require(" + ${JSON.stringify(entry)} + "); const { parentPort } = require('node:worker_threads');" +
      "parentPort.postMessage('running'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);" + code, { eval: true })
    await new Promise((resolve) => worker.once('message', resolve))
    const message = new Promise((resolve) => worker.once('message', resolve))
    return () => message
  }

  const storm = spawn(process.execPath, ['-e',
    "process.stdout.write('storm'); for (;;) process.kill(process.ppid, 'SIGCHLD')"], { stdio: ['ignore', 'pipe', 'inherit'] })
  storm.stdout.once('data', async () => {
    const start = performance.now()
    const answer = await (async () => { ${program} })()
    console.log(JSON.stringify({ answer, elapsed: performance.now() - start }))
    storm.kill('SIGKILL')
    storm.once('exit', () => process.exit())
  })`

it.each(calls)('%s goes on through a storm of signals', async (_, expected, program) => {
  const child = spawn(process.execPath, ['-e', main(program)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (data) => {
    output += data
  })
  await once(child, 'close')
  const { answer, elapsed } = JSON.parse(output)
  expect(answer).toEqual(expected)
  expect(elapsed).toBeGreaterThan(90)
})
