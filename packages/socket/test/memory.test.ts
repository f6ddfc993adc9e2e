import { AF_INET, MSG_PEEK, pipe, SOCK_DGRAM, Socket, socketpair } from '@selectors/socket'
import { Closing, thrown } from './support'

// Memory that is not there is refused, whoever took it away and when; what is there is used, and no more of it.
const closing = new Closing()
afterEach(() => closing.close())

const refused = { name: 'ArgumentError', code: 'ERR_SOCKET_ARGUMENT' }

const detached = () => {
  const bytes = new Uint8Array(8)
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
  return bytes
}

interface Resizable extends ArrayBuffer {
  resize(size: number): void
}

/** Memory that can shrink and grow, of which the types of ES2022 do not know. */
function resizable(size: number): Resizable {
  return Reflect.construct(ArrayBuffer, [size, { maxByteLength: 16 }]) as Resizable
}

/** Shared memory that can grow, of which the types of ES2022 do not know. */
const Growable = SharedArrayBuffer as unknown as new (
  size: number,
  options: { maxByteLength: number },
) => SharedArrayBuffer & { grow(size: number): void }

/** A view whose ArrayBuffer shrank. */
const cutOff = () => {
  const memory = resizable(16)
  const bytes = new Uint8Array(memory, 8, 8)
  memory.resize(4)
  return bytes
}

it.each([
  ['detached', detached],
  ['cut off', cutOff],
])('refuses memory that is %s, and moves nothing', (_, make) => {
  const [first, second] = closing.add(socketpair())
  const [reader, writer] = closing.add(pipe())
  const datagram = closing.add(new Socket(AF_INET, SOCK_DGRAM))
  second.send('kept')
  writer.write('kept')
  const calls = [
    () => first.recvInto(make()),
    () => first.send(make()),
    () => first.sendAll(make()),
    () => first.setSockOpt(1, 1, make()),
    () => datagram.sendTo(make(), ['127.0.0.1', 9]),
    () => reader.readInto(make()),
    () => writer.write(make()),
  ]
  for (const call of calls) {
    const error = thrown(call)
    expect(error).toMatchObject(refused)
    expect(error.message).toMatch(/^(buffer|data|value) must be memory that is there/)
  }
  expect([first.recv(10).toString(), reader.read(10).toString()]).toEqual(['kept', 'kept'])
})

it('sends nothing of memory that the address takes away', () => {
  const receiver = closing.add(new Socket(AF_INET, SOCK_DGRAM))
  receiver.bind(['127.0.0.1', 0])
  receiver.setBlocking(false)
  const bytes = new Uint8Array(8)
  const [host, port] = receiver.getSockName()
  const address = Object.defineProperty([host, port], 0, {
    get() {
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
      return host
    },
  }) as unknown as [string, number]
  const sender = closing.add(new Socket(AF_INET, SOCK_DGRAM))
  expect(thrown(() => sender.sendTo(bytes, address))).toMatchObject(refused)
  expect(thrown(() => receiver.recv(10))).toMatchObject({ code: 'EAGAIN' })
})

it('says that a socket is closed which the address has closed', () => {
  const socket = closing.add(new Socket(AF_INET, SOCK_DGRAM))
  const address = Object.defineProperty(['127.0.0.1', 9], 0, {
    get() {
      socket.close()
      return '127.0.0.1'
    },
  }) as unknown as [string, number]
  expect(thrown(() => socket.sendTo('x', address))).toMatchObject({ code: 'EBADF' })
})

it('takes memory that is resizable or shared, as much of it as there is', () => {
  const [first, second] = closing.add(socketpair())
  const memory = resizable(8)
  const bytes = new Uint8Array(memory)
  memory.resize(3)
  first.send('abcdef')
  expect(second.recvInto(bytes, MSG_PEEK)).toBe(3)
  const shared = new Uint8Array(new SharedArrayBuffer(4))
  expect(second.recvInto(shared, MSG_PEEK)).toBe(4)
  expect([...shared]).toEqual([97, 98, 99, 100])
  const growing = new Growable(2, { maxByteLength: 16 })
  const all = new Uint8Array(growing)
  expect(second.recvInto(all, MSG_PEEK)).toBe(2)
  growing.grow(5)
  expect(second.recvInto(all, MSG_PEEK)).toBe(5)
  expect(Buffer.from(all).toString()).toBe('abcde')
  expect(second.recv(10).toString()).toBe('abcdef')
  expect(first.send(bytes)).toBe(3)
  expect(first.send(shared)).toBe(4)
  expect(second.recv(10).toString()).toBe('abcabcd')
})

it('ends where an array lies about its length', () => {
  const [first, second] = closing.add(socketpair())
  first.sendAll(Object.defineProperty(Uint8Array.of(97, 98, 99), 'length', { value: 1e9 }))
  expect(second.recv(10).toString()).toBe('abc')
})

it('is not kept for what a call was ready to receive and has not received', () => {
  const [sender, receiver] = closing.add(socketpair())
  sender.send('hello')
  const received = receiver.recv(1_000_000)
  expect(String(received)).toBe('hello')
  expect(received.buffer.byteLength).toBeLessThan(100_000)
})
