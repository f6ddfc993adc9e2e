// Tests the prebuild of @selectors/socket by what its sockets do on every system, Windows among them, where its own tests, which
// are Unix's, do not run: `node --test tools/prebuild/sockets.mjs`.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { afterEach, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'

process.env.PREBUILDS_ONLY = '1'

const module = createRequire(import.meta.url).resolve('@selectors/socket')
const sockets = (await import('@selectors/socket')).default
const { AF_INET, MSG_PEEK, MSG_WAITALL, SHUT_WR, SO_ERROR, SO_RCVTIMEO, SOCK_DGRAM, SOL_SOCKET, Socket } = sockets

/** Longer than anything takes on a busy machine, in milliseconds. */
const SOON = 5000

let open = []
afterEach(() => {
  for (const socket of open) socket.close()
  open = []
})

const keep = (socket) => {
  open.push(socket)
  return socket
}

const connected = () => {
  const listener = keep(new Socket())
  listener.bind(['127.0.0.1', 0])
  listener.listen()
  const client = keep(new Socket())
  client.connect(listener.getSockName())
  return [client, keep(listener.accept()[0])]
}

test('streams carry bytes until their end', () => {
  for (const [first, second] of [connected(), sockets.socketpair().map(keep)]) {
    first.sendAll('hello')
    assert.equal(second.recv(2, MSG_PEEK).toString(), 'he')
    assert.equal(second.recv(10).toString(), 'hello')
    first.shutdown(SHUT_WR)
    assert.equal(second.recv(10).length, 0)
  }
})

test('datagrams keep their bounds, and tell their senders', () => {
  const [sender, receiver] = [AF_INET, AF_INET].map((family) => keep(new Socket(family, SOCK_DGRAM)))
  receiver.bind(['127.0.0.1', 0])
  sender.sendTo('a long one', receiver.getSockName())
  sender.sendTo('next', receiver.getSockName())
  assert.equal(receiver.recv(6).toString(), 'a long')
  assert.deepEqual(receiver.recvFrom(10), [Buffer.from('next'), ['127.0.0.1', sender.getSockName()[1]]])
})

test('a non-blocking socket takes what there is room for, and then refuses', () => {
  const [socket] = connected()
  socket.setBlocking(false)
  assert.equal(socket.getBlocking(), false)
  assert.throws(() => socket.recv(1), { code: 'EAGAIN' })
  assert.throws(
    () => {
      for (;;) socket.send(Buffer.alloc(65536))
    },
    { code: 'EAGAIN' },
  )
  assert.equal(keep(socket.dup()).getBlocking(), false)
})

test('a blocking socket waits as long as its own timeout says', () => {
  const [socket] = connected()
  // A timeval, whose numbers have the width of a pointer; Windows counts milliseconds.
  const timeval = process.arch === 'arm' ? Int32Array.of(0, 100_000) : BigInt64Array.of(0n, 100_000n)
  socket.setSockOpt(SOL_SOCKET, SO_RCVTIMEO, process.platform === 'win32' ? 100 : new Uint8Array(timeval.buffer))
  const start = performance.now()
  assert.throws(() => socket.recv(1), { code: 'EAGAIN' })
  const elapsed = performance.now() - start
  assert.ok(elapsed >= 99 && elapsed < SOON, `${elapsed} ms`)
})

test('a blocking socket waits for all', async () => {
  const [socket, peer] = connected()
  const program = `const { Socket } = require(${JSON.stringify(module)})
    const socket = Socket.from(${peer.dup().detach()})
    socket.sendAll(Buffer.alloc(5e6))
    socket.close()`
  const worker = new Worker(program, { eval: true })
  assert.equal(socket.recv(5e6, MSG_WAITALL).length, 5e6)
  await once(worker, 'exit')
})

test('a blocked worker is terminated', async () => {
  const program = `const [socket] = require(${JSON.stringify(module)}).socketpair()
    require('node:worker_threads').parentPort.postMessage('blocks')
    socket.recv(1)`
  const worker = new Worker(program, { eval: true })
  await once(worker, 'message')
  await setTimeout(50)
  const start = performance.now()
  await worker.terminate()
  assert.ok(performance.now() - start < SOON)
})

test('failures have the numbers and names of errno', () => {
  const { EBADF, ECONNREFUSED, EINPROGRESS } = constants.errno
  const nobody = ['127.0.0.1', 1]
  assert.equal(keep(new Socket()).connectEx(nobody), ECONNREFUSED)
  const closed = new Socket()
  closed.close()
  assert.equal(closed.connectEx(nobody), EBADF)
  assert.throws(() => closed.recv(1), { code: 'EBADF' })
  const listener = keep(new Socket())
  listener.bind(['127.0.0.1', 0])
  listener.listen()
  assert.throws(() => keep(new Socket()).bind(listener.getSockName()), { code: 'EADDRINUSE' })
  const later = keep(new Socket())
  later.setBlocking(false)
  let result = later.connectEx(nobody)
  const start = performance.now()
  while ((result === 0 || result === EINPROGRESS) && performance.now() - start < SOON) {
    result = later.getSockOpt(SOL_SOCKET, SO_ERROR)
  }
  assert.equal(result, ECONNREFUSED)
})

test('closing gives the number back', () => {
  const numbers = new Set()
  for (let round = 0; round < 200; round++) {
    for (const socket of sockets.socketpair()) {
      numbers.add(socket.fileno())
      socket.close()
    }
  }
  assert.ok(numbers.size < 100, `${numbers.size} numbers`)
})
