import { execFileSync } from 'node:child_process'
import { closeSync, fstatSync, mkdirSync, openSync } from 'node:fs'
import { constants, devNull } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { AF_INET, PipeEnd, SOCK_DGRAM, Socket, socketpair } from '@selectors/socket'
import { binding } from '../src/binding.js'
import { Closing, thrown } from './support'

// Objects that are not what a method expects are refused, and nothing of theirs is touched.
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
