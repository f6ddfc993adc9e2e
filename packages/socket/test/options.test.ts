import {
  AF_UNIX,
  IPPROTO_TCP,
  SO_ERROR,
  SO_KEEPALIVE,
  SO_LINGER,
  SO_RCVBUF,
  SO_REUSEADDR,
  SO_REUSEPORT,
  SO_TYPE,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  TCP_NODELAY,
} from '@selectors/socket'
import { Closing, thrown } from './support'
import { itWhere, rows, system } from './system'

const closing = new Closing()
afterEach(() => closing.close())

const open = () => closing.add(new Socket())

const switches: [name: string, level: number, option: number][] = [
  ['SO_REUSEADDR', SOL_SOCKET, SO_REUSEADDR],
  ['SO_KEEPALIVE', SOL_SOCKET, SO_KEEPALIVE],
  ['TCP_NODELAY', IPPROTO_TCP, TCP_NODELAY],
]

it.each(rows(switches, SO_REUSEPORT !== -1, [['SO_REUSEPORT', SOL_SOCKET, SO_REUSEPORT]]))(
  'sets %s with numbers, booleans and bytes',
  (_, level, option) => {
    const socket = open()
    expect(socket.getSockOpt(level, option)).toBe(0)
    for (const [value, expected] of [
      [true, true],
      [false, false],
      [1, true],
      [0, false],
      [new Uint8Array(Int32Array.of(1).buffer), true],
    ] as const) {
      socket.setSockOpt(level, option, value)
      // Some systems answer their own bit for it instead of 1.
      expect(socket.getSockOpt(level, option) !== 0).toBe(expected)
    }
  },
)

it('reads numbers and bytes', () => {
  const socket = open()
  expect(socket.getSockOpt(SOL_SOCKET, SO_TYPE)).toBe(SOCK_STREAM)
  expect(socket.getSockOpt(SOL_SOCKET, SO_ERROR)).toBe(0)
  expect(socket.getSockOpt(SOL_SOCKET, SO_TYPE, 4)).toEqual(Buffer.from(Int32Array.of(SOCK_STREAM).buffer))
  expect(socket.getSockOpt(SOL_SOCKET, SO_TYPE, 100)).toHaveLength(4)
  expect(socket.getSockOpt(SOL_SOCKET, SO_TYPE, 0)).toHaveLength(0)
  socket.setSockOpt(SOL_SOCKET, SO_RCVBUF, 10_000)
  expect(socket.getSockOpt(SOL_SOCKET, SO_RCVBUF)).toBeGreaterThanOrEqual(10_000)
})

itWhere(system.linuxNumbers)('reads a number that is negative as such', () => {
  const SO_PEEK_OFF = 42
  const socket = closing.add(new Socket(AF_UNIX))
  expect(socket.getSockOpt(SOL_SOCKET, SO_PEEK_OFF)).toBe(-1)
})

it('resets the connection of a socket that lingers for no time', () => {
  const [client, server] = closing.tcp()
  const linger = Buffer.from(Int32Array.of(1, 0).buffer)
  client.setSockOpt(SOL_SOCKET, SO_LINGER, linger)
  const [on, seconds] = new Int32Array(new Uint8Array(client.getSockOpt(SOL_SOCKET, SO_LINGER, 8)).buffer)
  expect(on).not.toBe(0)
  expect(seconds).toBe(0)
  client.close()
  expect(thrown(() => server.recv(1))).toMatchObject({ code: 'ECONNRESET' })
})

it('lets a listener take a port again at once with SO_REUSEADDR', () => {
  const listener = open()
  listener.setSockOpt(SOL_SOCKET, SO_REUSEADDR, true)
  listener.bind(['127.0.0.1', 0])
  listener.listen()
  const address = listener.getSockName()
  const client = open()
  client.connect(address)
  const [server] = listener.accept()
  listener.close()
  server.close()
  client.recv(1)
  client.close()
  expect(thrown(() => open().bind(address))).toMatchObject({ code: 'EADDRINUSE', address })
  const again = open()
  again.setSockOpt(SOL_SOCKET, SO_REUSEADDR, true)
  again.bind(address)
  again.listen()
})

it('refuses unknown options', () => {
  const socket = open()
  expect(thrown(() => socket.getSockOpt(SOL_SOCKET, 12345))).toMatchObject({
    code: 'ENOPROTOOPT',
    syscall: 'getsockopt',
  })
  const refused = { code: expect.stringMatching(/^(ENOPROTOOPT|EINVAL)$/), syscall: 'setsockopt' }
  expect(thrown(() => socket.setSockOpt(-1, 0, 1))).toMatchObject(refused)
})
