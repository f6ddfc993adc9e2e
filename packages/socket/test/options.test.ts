import {
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

const closing = new Closing()
afterEach(() => closing.close())

const open = () => closing.add(new Socket())

it.each([
  ['SO_REUSEADDR', SOL_SOCKET, SO_REUSEADDR],
  ['SO_REUSEPORT', SOL_SOCKET, SO_REUSEPORT],
  ['SO_KEEPALIVE', SOL_SOCKET, SO_KEEPALIVE],
  ['TCP_NODELAY', IPPROTO_TCP, TCP_NODELAY],
])('sets %s with numbers, booleans and bytes', (_, level, option) => {
  const socket = open()
  expect(socket.getSockOpt(level, option)).toBe(0)
  for (const [value, expected] of [
    [true, 1],
    [false, 0],
    [1, 1],
    [0, 0],
    [new Uint8Array(Int32Array.of(1).buffer), 1],
  ] as const) {
    socket.setSockOpt(level, option, value)
    expect(socket.getSockOpt(level, option)).toBe(expected)
  }
})

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

it('reads a number that is negative as such', () => {
  const IPPROTO_IPV6 = 41
  const IPV6_UNICAST_HOPS = 16
  const IPV6_MTU_DISCOVER = 23
  const socket = closing.add(new Socket(10))
  expect(socket.getSockOpt(IPPROTO_IPV6, IPV6_UNICAST_HOPS)).toBeGreaterThan(0)
  expect(socket.getSockOpt(IPPROTO_IPV6, IPV6_MTU_DISCOVER)).toBe(1)
})

it('resets the connection of a socket that lingers for no time', () => {
  const [client, server] = closing.tcp()
  const linger = Buffer.from(Int32Array.of(1, 0).buffer)
  client.setSockOpt(SOL_SOCKET, SO_LINGER, linger)
  expect(client.getSockOpt(SOL_SOCKET, SO_LINGER, 8)).toEqual(linger)
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
  expect(thrown(() => socket.setSockOpt(-1, 0, 1))).toMatchObject({ code: 'ENOPROTOOPT', syscall: 'setsockopt' })
})
