import { execFileSync } from 'node:child_process'
import { closeSync, fstatSync, mkdirSync, openSync } from 'node:fs'
import { constants, devNull } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { AF_INET, MSG_PEEK, PipeEnd, pipe, SOCK_DGRAM, Socket, socketpair } from '@selectors/socket'
import { binding } from '../dist/binding.js'
import { Closing, thrown } from './support'

// Objects and memory that are not what a method expects are refused, and nothing of theirs is touched.
const closing = new Closing()
afterEach(() => closing.close())

const refused = { name: 'ArgumentError', code: 'ERR_SOCKET_ARGUMENT' }

/** The methods that need the object itself, not only its descriptor. */
const methods = ['fileno', 'close', 'detach', 'getBlocking', 'setBlocking'] as const
type Method = (this: unknown, ...values: unknown[]) => unknown
const methodOf = (owner: object, name: string) => (owner as Record<string, Method>)[name] as Method

interface Foreign {
  wrap(object: object, number: number): object
  read(): [number, number]
}

let foreign: Foreign

beforeAll(() => {
  const library = join(__dirname, '..', '.results', 'wrap.node')
  mkdirSync(join(library, '..'), { recursive: true })
  const include = `-I${require('node-api-headers').include_dir}`
  const undefinedSymbols = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []
  const source = join(__dirname, 'foreign', 'wrap.c')
  const args = ['-shared', '-fPIC', include, ...undefinedSymbols, '-o', library, source]
  execFileSync(process.env.CC ?? 'cc', args)
  foreign = require(library)
})

it.each(methods)('%s() refuses what another addon owns, and leaves its memory and the number in it alone', (name) => {
  const fd = openSync(devNull, 'r')
  closing.add({ close: () => closeSync(fd) })
  for (const owner of [Socket.prototype, PipeEnd.prototype]) {
    const object = foreign.wrap({}, fd)
    const error = thrown(() => methodOf(owner, name).call(object, true))
    expect(error).toMatchObject(refused)
    expect(error.message).toMatch(/^this must be a Socket or PipeEnd, not /)
    expect(fstatSync(fd).isCharacterDevice()).toBe(true)
    expect(foreign.read()).toEqual([fd, fd])
  }
})

it('the binding refuses it as well', () => {
  const fd = openSync(devNull, 'r')
  closing.add({ close: () => closeSync(fd) })
  const object = foreign.wrap({}, fd)
  for (const value of [object, {}, fd, foreign] as object[]) {
    expect(binding().close(value)).toBe(-constants.errno.EINVAL)
    expect(binding().release(value)).toBe(-constants.errno.EINVAL)
  }
  expect(foreign.read()).toEqual([fd, fd])
  fstatSync(fd)
})

it.each(methods)('%s() refuses what is like a socket, and is none', (name) => {
  const socket = closing.add(new Socket())
  const disguises = [
    Object.create(socket),
    new Proxy(socket, {}),
    Object.create(Socket.prototype),
    Socket.prototype,
    {},
  ]
  for (const object of disguises) expect(thrown(() => methodOf(socket, name).call(object, true))).toMatchObject(refused)
  expect(fstatSync(socket.fileno()).isSocket()).toBe(true)
})

it('prints a prototype, which owns nothing', () => {
  for (const { prototype } of [Socket, PipeEnd]) expect(inspect(prototype)).toEqual(expect.any(String))
  expect(inspect(Object.create(closing.add(new Socket())))).toEqual(expect.any(String))
})

it.each([
  ['a number of another file', (other: number) => other],
  ['no number', () => 'x'],
  ['no whole number', () => 0.5],
  ['NaN', () => Number.NaN],
  ['a number that is too large', () => 2 ** 32],
  [
    'an error',
    () => {
      throw new Error('hostile')
    },
  ],
])('uses its own descriptor where the fileno() of a subclass returns %s', (_, answer) => {
  const [other] = closing.add(socketpair())
  class Hostile extends Socket {
    override fileno(): number {
      return answer(other.fileno()) as number
    }
  }
  const receiver = closing.add(new Socket(AF_INET, SOCK_DGRAM))
  receiver.bind(['127.0.0.1', 0])
  const socket = closing.add(new Hostile(AF_INET, SOCK_DGRAM))
  socket.connect(receiver.getSockName())
  expect(socket.send('x')).toBe(1)
  expect(receiver.recv(10).toString()).toBe('x')
  socket.setBlocking(false)
  expect([other.getBlocking(), socket.getBlocking()]).toEqual([true, false])
  socket.close()
  expect(fstatSync(other.fileno()).isSocket()).toBe(true)
})

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
