import { AF_INET, PipeEnd, pipe, SO_TYPE, SOL_SOCKET, Socket, socketpair } from '@selectors/socket'
import { Closing, thrown } from './support'

const closing = new Closing()
afterAll(() => closing.close())

const [socket] = closing.add(socketpair()) as unknown as [Record<string, (...values: unknown[]) => unknown>]
const inet = closing.add(new Socket(AF_INET)) as unknown as Record<string, (...values: unknown[]) => unknown>
const [reader, writer] = closing.add(pipe()) as unknown as Record<string, (...values: unknown[]) => unknown>[]

const notInt = [NaN, Infinity, 1.5, '1', null, true, 1n, {}, 2 ** 31, -(2 ** 31) - 1]
const notSize = [...notInt, -1]
const notBuffer = [
  null,
  undefined,
  1,
  'text',
  [1, 2],
  new ArrayBuffer(1),
  new Uint16Array(1),
  new DataView(new ArrayBuffer(1)),
]
const notData = [null, undefined, 1, [1, 2], new ArrayBuffer(1), new Float64Array(1), { length: 1 }]
const notInet = [
  null,
  undefined,
  '127.0.0.1',
  80,
  [],
  ['127.0.0.1'],
  ['127.0.0.1', 80, 0],
  { 0: '127.0.0.1', 1: 80, length: 2 },
]
// The last one has no ASCII form, and must not become the empty host.
const notHost = [null, undefined, 1, 'a\0b', Buffer.from('host'), 'ä ö'].map((host) => [host, 80])
const notPort = [-1, 65536, NaN, 80.5, '80', null, undefined].map((port) => ['127.0.0.1', port])

type Call = (value: unknown) => unknown
const table: [name: string, call: Call, culprit: RegExp, values: unknown[]][] = [
  ['new Socket(family)', (v) => new Socket(v as number), /^family/, notInt],
  ['new Socket(, type)', (v) => new Socket(AF_INET, v as number), /^type/, notInt],
  ['new Socket(,, protocol)', (v) => new Socket(AF_INET, 1, v as number), /^protocol/, notInt],
  ['new Socket(,,, fd)', (v) => new Socket(AF_INET, 1, 0, v as number), /^fd/, notSize],
  ['Socket.from()', (v) => Socket.from(v as number), /^fd/, [...notSize, undefined]],
  ['PipeEnd.from()', (v) => PipeEnd.from(v as number), /^fd/, [...notSize, undefined]],
  ['socketpair(family)', (v) => socketpair(v as number), /^family/, notInt],
  ['socketpair(, type)', (v) => socketpair(1, v as number), /^type/, notInt],
  ['bind()', (v) => inet.bind?.(v), /^address/, notInet],
  ['connect()', (v) => inet.connect?.(v), /^address/, notInet],
  ['connectEx()', (v) => inet.connectEx?.(v), /^address/, notInet],
  ['sendTo(, address)', (v) => inet.sendTo?.('x', v), /^address/, notInet],
  ['bind([host])', (v) => inet.bind?.(v), /^host/, notHost],
  ['bind([, port])', (v) => inet.bind?.(v), /^port/, notPort],
  ['listen()', (v) => inet.listen?.(v), /^backlog/, notInt],
  ['recv()', (v) => socket.recv?.(v), /^size/, [...notSize, undefined]],
  ['recv(, flags)', (v) => socket.recv?.(1, v), /^flags/, notInt],
  ['recvFrom()', (v) => socket.recvFrom?.(v), /^size/, notSize],
  ['recvFrom(, flags)', (v) => socket.recvFrom?.(1, v), /^flags/, notInt],
  ['recvInto()', (v) => socket.recvInto?.(v), /^buffer/, notBuffer],
  ['recvInto(, flags)', (v) => socket.recvInto?.(Buffer.alloc(1), v), /^flags/, notInt],
  ['send()', (v) => socket.send?.(v), /^data/, notData],
  ['send(, flags)', (v) => socket.send?.('x', v), /^flags/, notInt],
  ['sendAll()', (v) => socket.sendAll?.(v), /^data/, notData],
  ['sendAll(, flags)', (v) => socket.sendAll?.('x', v), /^flags/, notInt],
  ['sendTo()', (v) => socket.sendTo?.(v, ''), /^data/, notData],
  ['shutdown()', (v) => socket.shutdown?.(v), /^how/, [...notSize, 3, undefined]],
  ['setBlocking()', (v) => socket.setBlocking?.(v), /^blocking/, [0, 1, null, undefined, 'true']],
  ['getSockOpt(level)', (v) => socket.getSockOpt?.(v, SO_TYPE), /^level/, notInt],
  ['getSockOpt(, option)', (v) => socket.getSockOpt?.(SOL_SOCKET, v), /^option/, notInt],
  ['getSockOpt(,, length)', (v) => socket.getSockOpt?.(SOL_SOCKET, SO_TYPE, v), /^length/, [...notSize, 65537]],
  [
    'setSockOpt(,, value)',
    (v) => socket.setSockOpt?.(SOL_SOCKET, SO_TYPE, v),
    /^value/,
    [NaN, 1.5, '1', null, undefined, 2 ** 31],
  ],
  ['read()', (v) => reader?.read?.(v), /^size/, notSize],
  ['readInto()', (v) => reader?.readInto?.(v), /^buffer/, notBuffer],
  ['write()', (v) => writer?.write?.(v), /^data/, notData],
]

it.each(table)('%s refuses what it cannot use, and names it', (_, call, culprit, values) => {
  for (const value of values) {
    const error = thrown(() => call(value))
    expect({ value, ...error }).toMatchObject({ value, name: 'ArgumentError', code: 'ERR_SOCKET_ARGUMENT' })
    expect(error.message).toMatch(culprit)
    expect(error.message).toMatch(/ must be .+, not /)
  }
  expect(() => call(values[0])).toThrow(TypeError)
})

it('shows what it refuses in one line, and not all of it', () => {
  const message = String(thrown(() => inet.bind?.(new Uint8Array(500) as never)).message)
  expect(message).toContain('not Uint8Array(500) [ 0, 0,')
  expect(message).not.toContain('\n')
  expect(message.length).toBeLessThan(200)
})

it('is left as it was by refused calls', () => {
  expect(inet.getSockName?.()).toEqual(['0.0.0.0', 0])
  expect(socket.getBlocking?.()).toBe(true)
})
