import { constants } from 'node:os'
import {
  AF_INET,
  AF_UNIX,
  IPPROTO_TCP,
  SHUT_RD,
  SHUT_RDWR,
  SHUT_WR,
  SO_ACCEPTCONN,
  SO_ERROR,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
} from '@selectors/socket'
import { Closing, thrown } from './support'
import { itWhere, system } from './system'

const { ECONNREFUSED, EINPROGRESS } = constants.errno

const closing = new Closing()
afterEach(() => closing.close())

it('is an IPv4 stream socket unless told otherwise', () => {
  const socket = closing.add(new Socket())
  expect(socket).toMatchObject({ family: AF_INET, type: SOCK_STREAM, protocol: 0 })
  expect(socket.getBlocking()).toBe(true)
  expect(socket.fileno()).toBeGreaterThanOrEqual(0)
})

itWhere(system.linuxNumbers)(
  'remembers family, type and protocol, without the flags that Linux allows in the type',
  () => {
    const SOCK_NONBLOCK = 0o4000
    const socket = closing.add(new Socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, IPPROTO_TCP))
    expect(socket).toMatchObject({ family: AF_INET, type: SOCK_STREAM, protocol: IPPROTO_TCP })
    expect(socket.getBlocking()).toBe(false)
  },
)

it('carries bytes both ways between connect() and accept()', () => {
  const listener = closing.listener()
  expect(listener.getSockOpt(SOL_SOCKET, SO_ACCEPTCONN)).not.toBe(0)
  const client = closing.add(new Socket(AF_INET))
  client.connect(listener.getSockName())
  const [server, address] = listener.accept()
  closing.add(server)

  expect(address).toEqual(client.getSockName())
  expect(server.getPeerName()).toEqual(client.getSockName())
  expect(client.getPeerName()).toEqual(server.getSockName())
  expect(server).toMatchObject({ family: AF_INET, type: SOCK_STREAM })

  expect(client.send('grüß dich')).toBe(11)
  expect(server.recv(100).toString()).toBe('grüß dich')
  server.sendAll(Buffer.from('back'))
  expect(client.recv(2).toString()).toBe('ba')
  expect(client.recv(2).toString()).toBe('ck')
})

it('gives an empty Buffer at the end of the stream, again and again', () => {
  const [client, server] = closing.tcp()
  client.sendAll('last')
  client.close()
  expect(server.recv(10).toString()).toBe('last')
  expect(server.recv(10)).toEqual(Buffer.alloc(0))
  expect(server.recv(10)).toEqual(Buffer.alloc(0))
  expect(server.recvInto(new Uint8Array(10))).toBe(0)
})

it('shuts down one direction and leaves the other', () => {
  const [client, server] = closing.tcp()
  client.shutdown(SHUT_WR)
  expect(server.recv(10)).toHaveLength(0)
  expect(thrown(() => client.send('x'))).toMatchObject({ code: 'EPIPE', syscall: 'send' })
  server.sendAll('still')
  expect(client.recv(10).toString()).toBe('still')
  client.shutdown(SHUT_RD)
  expect(client.recv(10)).toHaveLength(0)
  server.shutdown(SHUT_RDWR)
  expect(thrown(() => server.send('x'))).toMatchObject({ code: 'EPIPE' })
})

it('accepts blocking sockets from a non-blocking listener', () => {
  const listener = closing.listener()
  listener.setBlocking(false)
  const client = closing.add(new Socket(AF_INET))
  client.connect(listener.getSockName())
  const [server] = closing.add([listener.accept()[0]])
  expect(server?.getBlocking()).toBe(true)
  expect(client.getBlocking()).toBe(true)
})

it('connects to "localhost" and to a name that only its family has', () => {
  const listener = closing.listener()
  const [, port] = listener.getSockName()
  const client = closing.add(new Socket(AF_INET))
  client.connect(['localhost', port])
  expect(client.getPeerName()).toEqual(['127.0.0.1', port])
})

it('binds to any address for the empty host', () => {
  const socket = closing.add(new Socket(AF_INET))
  socket.bind(['', 0])
  expect(socket.getSockName()).toEqual(['0.0.0.0', expect.any(Number)])
  expect(socket.getSockName()[1]).toBeGreaterThan(0)
})

describe('connectEx()', () => {
  it('returns 0, or a positive errno', () => {
    const listener = closing.listener()
    const address = listener.getSockName()
    expect(closing.add(new Socket(AF_INET)).connectEx(address)).toBe(0)
    listener.close()
    expect(closing.add(new Socket(AF_INET)).connectEx(address)).toBe(ECONNREFUSED)
  })

  it('throws what is no failure of the system call', () => {
    const socket = closing.add(new Socket(AF_INET))
    expect(thrown(() => socket.connectEx(['127.0.0.1', 65536]))).toMatchObject({ code: 'ERR_SOCKET_ARGUMENT' })
    expect(thrown(() => socket.connectEx(['name.invalid', 1]))).toMatchObject({ syscall: 'getaddrinfo' })
  })
})

describe('a non-blocking connection', () => {
  it('is in progress, and SO_ERROR tells that it succeeded', () => {
    const listener = closing.listener()
    const client = closing.add(new Socket(AF_INET))
    client.setBlocking(false)
    expect(thrown(() => client.connect(listener.getSockName()))).toMatchObject({
      name: 'SocketError',
      code: 'EINPROGRESS',
      errno: -EINPROGRESS,
      syscall: 'connect',
      address: listener.getSockName(),
    })
    closing.add(listener.accept()[0])
    expect(client.getSockOpt(SOL_SOCKET, SO_ERROR)).toBe(0)
    expect(client.getPeerName()).toEqual(listener.getSockName())
  })

  it('is in progress, and SO_ERROR tells that it was refused', () => {
    const listener = closing.listener()
    const address = listener.getSockName()
    listener.close()
    const client = closing.add(new Socket(AF_INET))
    client.setBlocking(false)
    expect(client.connectEx(address)).toBe(EINPROGRESS)
    let error = 0
    for (let tries = 0; error === 0 && tries < 1e6; tries++) error = client.getSockOpt(SOL_SOCKET, SO_ERROR)
    expect(error).toBe(ECONNREFUSED)
    expect(client.getSockOpt(SOL_SOCKET, SO_ERROR)).toBe(0)
  })
})

it('leaves the blocking mode as it was after a blocking connect, refused or not', () => {
  const listener = closing.listener()
  const address = listener.getSockName()
  const first = closing.add(new Socket(AF_INET))
  first.connect(address)
  listener.close()
  const second = closing.add(new Socket(AF_INET))
  expect(thrown(() => second.connect(address))).toMatchObject({ code: 'ECONNREFUSED' })
  expect([first.getBlocking(), second.getBlocking()]).toEqual([true, true])
})

it('does not listen for datagrams', () => {
  const datagram = closing.add(new Socket(AF_UNIX, SOCK_DGRAM))
  expect(thrown(() => datagram.listen())).toMatchObject({
    code: expect.stringMatching(/^E(OP)?NOTSUPP?$/),
    syscall: 'listen',
  })
})
