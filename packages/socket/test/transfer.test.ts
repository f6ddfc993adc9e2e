import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:os'
import {
  AF_UNIX,
  MSG_DONTWAIT,
  MSG_OOB,
  MSG_PEEK,
  MSG_WAITALL,
  SO_LINGER,
  SO_OOBINLINE,
  SO_RCVBUF,
  SO_RCVTIMEO,
  SO_SNDBUF,
  SO_SNDTIMEO,
  SOCK_DGRAM,
  SOL_SOCKET,
  socketpair,
} from '@selectors/socket'
import { unixPair } from '@selectors/socket/pairs'
import { Closing, fill, inWorker, thrown } from './support'
import { itWhere, system } from './system'

const closing = new Closing()
afterEach(() => closing.close())

const pair = () => closing.add(socketpair())

it('peeks without taking', () => {
  const [first, second] = pair()
  first.send('abc')
  expect(second.recv(2, MSG_PEEK).toString()).toBe('ab')
  expect(second.recv(3).toString()).toBe('abc')
})

it('does not wait when non-blocking, or when asked not to', () => {
  const [first, second] = pair()
  const refused = { name: 'SocketError', code: 'EAGAIN', errno: -constants.errno.EAGAIN, syscall: 'recv' }
  expect(thrown(() => first.recv(1, MSG_DONTWAIT))).toMatchObject(refused)
  expect(thrown(() => first.recvInto(new Uint8Array(1), MSG_DONTWAIT))).toMatchObject(refused)
  second.setBlocking(false)
  expect(thrown(() => second.recv(1))).toMatchObject(refused)
  expect(thrown(() => second.recvFrom(1))).toMatchObject({ ...refused, syscall: 'recvfrom' })
  expect(fill((data) => second.send(data))).toBeGreaterThan(0)
  expect(thrown(() => second.send('x'))).toMatchObject({ code: 'EAGAIN', syscall: 'send' })
  expect(fill((data) => first.send(data, MSG_DONTWAIT))).toBeGreaterThan(0)
})

it('receives into a part of a larger memory, shared or not', () => {
  const [first, second] = pair()
  const memory = Buffer.alloc(8, '.')
  first.send('abc')
  expect(second.recvInto(memory.subarray(2, 4))).toBe(2)
  expect(memory.toString()).toBe('..ab....')
  const shared = new Uint8Array(new SharedArrayBuffer(4), 1)
  expect(second.recvInto(shared)).toBe(1)
  expect([...shared]).toEqual([99, 0, 0])
})

it('gives Buffers of its own, of any size', async () => {
  const [first, second] = pair()
  first.sendAll('one')
  const one = second.recv(65536)
  first.sendAll('two')
  const two = second.recv(65536)
  expect([one.toString(), two.toString()]).toEqual(['one', 'two'])
  for (const size of [65535, 65536, 65537, 1_000_000]) {
    first.sendAll('three')
    expect(second.recv(size).toString()).toBe('three')
  }
  // As long as what is asked for.
  for (const word of ['four', 'five']) first.sendAll(word)
  const words = [second.recv(4), second.recv(4)]
  expect(words.map(String)).toEqual(['four', 'five'])
  // More than some systems hold.
  const sent = await inWorker(`
    const socket = Socket.from(${first.dup().detach()})
    post('running')
    socket.sendAll(Buffer.alloc(100_000, 'x'))
    socket.close()
    post('sent')`)
  expect(second.recv(100_000, MSG_WAITALL)).toEqual(Buffer.alloc(100_000, 'x'))
  expect(await sent()).toBe('sent')
})

it('moves no bytes when asked for none', () => {
  const [first, second] = pair()
  expect(first.send('')).toBe(0)
  first.sendAll('')
  first.send('x')
  expect(second.recv(0)).toHaveLength(0)
  expect(second.recvInto(new Uint8Array(0))).toBe(0)
  expect(second.recv(1).toString()).toBe('x')
})

describe('MSG_WAITALL', () => {
  it('waits until all bytes are there', async () => {
    const [first, second] = pair()
    first.send('abc')
    const later = await unixPair.writeLater(first, 'def', 0.05)
    expect(second.recv(6, MSG_WAITALL).toString()).toBe('abcdef')
    await later.cancel()
  })

  it('ends with the stream', () => {
    const [first, second] = pair()
    first.send('abc')
    first.close()
    expect(second.recv(6, MSG_WAITALL).toString()).toBe('abc')
    expect(second.recv(6, MSG_WAITALL)).toHaveLength(0)
  })

  it('leaves the loss of the connection for the next call, after the bytes that came first', () => {
    const [client, server] = closing.tcp()
    server.send('abc')
    // Closed with a reset.
    server.setSockOpt(SOL_SOCKET, SO_LINGER, new Uint8Array(Int32Array.of(1, 0).buffer))
    server.close()
    expect(client.recv(6, MSG_WAITALL).toString()).toBe('abc')
    expect(thrown(() => client.recv(6))).toMatchObject({ code: 'ECONNRESET', syscall: 'recv' })
    expect(client.recv(6)).toHaveLength(0)
  })

  it('means nothing to datagrams, nor together with MSG_DONTWAIT or MSG_PEEK', () => {
    const [first, second] = closing.add(socketpair(AF_UNIX, SOCK_DGRAM))
    first.send('abc')
    expect(second.recv(6, MSG_WAITALL).toString()).toBe('abc')
    const [third, fourth] = pair()
    third.send('abc')
    expect(fourth.recv(6, MSG_WAITALL | MSG_PEEK).toString()).toBe('abc')
    expect(fourth.recv(6, MSG_WAITALL | MSG_DONTWAIT).toString()).toBe('abc')
  })
})

it('carries a byte out of band', () => {
  const [client, server] = closing.tcp()
  client.send('a')
  client.send('!', MSG_OOB)
  client.send('b')
  expect(server.recv(1, MSG_OOB).toString()).toBe('!')
  expect(server.recv(10).toString()).toBe('a')
  expect(server.recv(10).toString()).toBe('b')
  server.setSockOpt(SOL_SOCKET, SO_OOBINLINE, true)
  expect(server.getSockOpt(SOL_SOCKET, SO_OOBINLINE)).not.toBe(0)
})

describe('sendAll()', () => {
  it('sends more than the socket holds while somebody reads', async () => {
    const [first, second] = pair()
    first.setSockOpt(SOL_SOCKET, SO_SNDBUF, 4096)
    second.setSockOpt(SOL_SOCKET, SO_RCVBUF, 4096)
    const hash = await inWorker(`
      const socket = Socket.from(${second.detach()})
      const hash = require('node:crypto').createHash('sha256')
      post('running')
      for (let data; (data = socket.recv(3000)).length > 0; ) hash.update(data)
      socket.close()
      post(hash.digest('hex'))`)
    const data = randomBytes(3_000_000)
    first.sendAll(data)
    first.close()
    expect(await hash()).toBe(createHash('sha256').update(data).digest('hex'))
  })

  it('tells how many bytes went before it failed', () => {
    const [first, second] = pair()
    first.setBlocking(false)
    const { bytesSent, code } = thrown(() => first.sendAll(Buffer.alloc(10_000_000)))
    expect(code).toBe('EAGAIN')
    let received = 0
    second.setBlocking(false)
    try {
      for (;;) received += second.recv(65536).length
    } catch {
      expect(received).toBe(bytesSent)
    }
    expect(received).toBeGreaterThan(0)
    second.close()
    expect(thrown(() => first.sendAll('x'))).toMatchObject({ code: 'EPIPE', bytesSent: 0 })
  })
})

itWhere(system.longTimeouts)("waits for more than the socket's own timeouts can be counted in", async () => {
  const [first, second] = pair()
  // The milliseconds of these fit in no int; the kernel takes the second as the longest that it knows.
  for (const seconds of [2_147_484n, 2n ** 40n]) {
    first.setSockOpt(SOL_SOCKET, SO_RCVTIMEO, Buffer.from(new BigInt64Array([seconds, 0n]).buffer))
    const later = await unixPair.writeLater(second, 'late', 0.02)
    expect(first.recv(4).toString()).toBe('late')
    await later.cancel()
  }
})

it("keeps the socket's own timeouts, and is never early", () => {
  const [first, second] = pair()
  const timeval = Buffer.from(new BigInt64Array([0n, 70_000n]).buffer)
  first.setSockOpt(SOL_SOCKET, SO_RCVTIMEO, timeval)
  first.setSockOpt(SOL_SOCKET, SO_SNDTIMEO, timeval)
  expect(first.getSockOpt(SOL_SOCKET, SO_RCVTIMEO, 16)).toHaveLength(16)
  for (const call of [() => first.recv(1), () => fill((data) => first.send(data)) && first.send('x')]) {
    const start = process.hrtime.bigint()
    expect(thrown(call)).toMatchObject({ code: 'EAGAIN' })
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeGreaterThanOrEqual(70)
  }
  second.close()
})
