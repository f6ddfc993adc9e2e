import { openSync } from 'node:fs'
import { constants, devNull } from 'node:os'
import {
  AF_INET,
  AF_INET6,
  PipeEnd,
  pipe,
  SHUT_WR,
  SO_TYPE,
  SOCK_DGRAM,
  SOL_SOCKET,
  Socket,
  socketpair,
} from '@selectors/socket'
import { Closing, errnoOf, thrown } from './support'
import { system } from './system'

const closing = new Closing()
afterEach(() => closing.close())

const open = (type?: number) => closing.add(new Socket(AF_INET, type))

it('makes errors in the shape of Node', () => {
  const listener = closing.listener()
  const address = listener.getSockName()
  const error = thrown(() => open().bind(address))
  expect(error).toEqual({
    name: 'SocketError',
    code: 'EADDRINUSE',
    errno: errnoOf('EADDRINUSE'),
    syscall: 'bind',
    address,
    message: expect.stringMatching(
      /^EADDRINUSE: address already in use, bind: fd \d+, 127\.0\.0\.1:\d+: .*SO_REUSEADDR before bind/,
    ),
  })
})

it.each<[call: string, code: string, syscall: string, (socket: Socket) => unknown]>([
  ['accept', 'EINVAL', 'accept', (socket) => socket.accept()],
  ['recv', 'ENOTCONN', 'recv', (socket) => socket.recv(1)],
  ['recvInto', 'ENOTCONN', 'recv', (socket) => socket.recvInto(Buffer.alloc(1))],
  ['recvFrom', 'ENOTCONN', 'recvfrom', (socket) => socket.recvFrom(1)],
  ['send', system.sendUnconnected, 'send', (socket) => socket.send('x')],
  ['sendAll', system.sendUnconnected, 'send', (socket) => socket.sendAll('x')],
  ['shutdown', 'ENOTCONN', 'shutdown', (socket) => socket.shutdown(SHUT_WR)],
  ['getPeerName', 'ENOTCONN', 'getpeername', (socket) => socket.getPeerName()],
  ['bind twice', 'EINVAL', 'bind', (socket) => [socket.bind(['127.0.0.1', 0]), socket.bind(['127.0.0.1', 0])]],
  ['bind elsewhere', 'EADDRNOTAVAIL', 'bind', (socket) => socket.bind(['192.0.2.1', 0])],
])('%s of an unconnected socket is %s', (_, code, syscall, call) => {
  expect(thrown(() => call(open()))).toMatchObject({ name: 'SocketError', code, syscall })
})

it('refuses to connect twice, and where nobody listens', () => {
  const [client] = closing.tcp()
  const address = client.getPeerName()
  expect(thrown(() => client.connect(address))).toMatchObject({ code: 'EISCONN', syscall: 'connect', address })
  const message = /^ECONNREFUSED: connection refused, connect: fd \d+, 127\.0\.0\.1:1: nobody listens there$/
  expect(thrown(() => open().connect(['127.0.0.1', 1])).message).toMatch(message)
})

it.each<[method: string, (socket: Socket) => unknown]>([
  ['accept', (socket) => socket.accept()],
  ['bind', (socket) => socket.bind(['127.0.0.1', 0])],
  ['connect', (socket) => socket.connect(['127.0.0.1', 1])],
  ['dup', (socket) => socket.dup()],
  ['getBlocking', (socket) => socket.getBlocking()],
  ['getPeerName', (socket) => socket.getPeerName()],
  ['getSockName', (socket) => socket.getSockName()],
  ['getSockOpt', (socket) => socket.getSockOpt(SOL_SOCKET, SO_TYPE)],
  ['listen', (socket) => socket.listen()],
  ['recv', (socket) => socket.recv(1)],
  ['recvFrom', (socket) => socket.recvFrom(1)],
  ['recvInto', (socket) => socket.recvInto(Buffer.alloc(1))],
  ['send', (socket) => socket.send('x')],
  ['sendAll', (socket) => socket.sendAll('x')],
  ['sendTo', (socket) => socket.sendTo('x', ['127.0.0.1', 1])],
  ['setBlocking', (socket) => socket.setBlocking(false)],
  ['setSockOpt', (socket) => socket.setSockOpt(SOL_SOCKET, SO_TYPE, 1)],
  ['shutdown', (socket) => socket.shutdown(SHUT_WR)],
])('%s of a closed or detached socket says that it is closed', (_, call) => {
  const closed = open()
  closed.close()
  const detached = new Socket()
  closing.add(Socket.from(detached.detach()))
  for (const socket of [closed, detached]) {
    const error = thrown(() => call(socket))
    expect(error).toMatchObject({ name: 'SocketError', code: 'EBADF', errno: errnoOf('EBADF') })
    expect(error.message).toContain('the socket is closed')
  }
})

it('says that a pipe is closed', () => {
  const [reader, writer] = closing.add(pipe())
  reader.close()
  writer.close()
  const calls = [() => reader.read(1), () => writer.write('x'), () => reader.dup(), () => reader.setBlocking(true)]
  for (const call of calls) expect(thrown(call).message).toMatch(/^EBADF: .* the pipe is closed/)
})

it('returns EBADF from connectEx() of a closed socket', () => {
  const socket = open()
  socket.close()
  expect(socket.connectEx(['127.0.0.1', 1])).toBe(constants.errno.EBADF)
})

it('refuses families, types and protocols that do not exist or do not fit', () => {
  expect(thrown(() => new Socket(12345))).toMatchObject({ code: 'EAFNOSUPPORT', syscall: 'socket' })
  expect(thrown(() => new Socket(AF_INET, 7))).toMatchObject({ syscall: 'socket' })
  const mismatch = { code: expect.stringMatching(/^EPROTO(NOSUPPORT|TYPE)$/), syscall: 'socket' }
  expect(thrown(() => new Socket(AF_INET, SOCK_DGRAM, 6))).toMatchObject(mismatch)
  const unsupported = { code: expect.stringMatching(/^E(OP)?NOTSUPP?$/), syscall: 'socketpair' }
  expect(thrown(() => socketpair(AF_INET6))).toMatchObject(unsupported)
})

it('takes over sockets only', () => {
  const file = closing.add(PipeEnd.from(openSync(devNull, 'r')))
  const error = thrown(() => Socket.from(file.fileno()))
  expect(error).toMatchObject({ code: 'ENOTSOCK', syscall: 'getsockopt' })
  expect(error.message).toContain(`fd ${file.fileno()}`)
  expect(thrown(() => Socket.from(2 ** 31 - 1))).toMatchObject({ code: 'EBADF' })
})

it('takes over no pipe that is not open', () => {
  const error = thrown(() => PipeEnd.from(2 ** 31 - 1))
  expect(error).toMatchObject({ name: 'SocketError', code: 'EBADF', syscall: 'fcntl' })
  expect(error.message).toContain('fd 2147483647')
})
