import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AF_UNIX, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM, Socket } from '@selectors/socket'
import { Closing, inDirectory, thrown } from './support'
import { itWhere, rows, system } from './system'

const closing = new Closing()
afterEach(() => closing.close())

const open = (type = SOCK_STREAM) => closing.add(new Socket(AF_UNIX, type))

it.each(
  rows<[name: string, type: number]>([['streams', SOCK_STREAM]], system.unixPackets, [['packets', SOCK_SEQPACKET]]),
)('connects %s through a path', (_, type) => {
  inDirectory((directory) => {
    const path = join(directory, 'söcket')
    const listener = open(type)
    listener.bind(path)
    listener.listen()
    expect(existsSync(path)).toBe(true)
    const client = open(type)
    client.connect(path)
    const [server, address] = listener.accept()
    closing.add(server)
    expect(address).toBe('')
    expect([server.getSockName(), server.getPeerName()]).toEqual([path, ''])
    expect([client.getSockName(), client.getPeerName()]).toEqual(['', path])
    client.sendAll('hi')
    expect(server.recvFrom(10)).toEqual([Buffer.from('hi'), ''])
  })
})

it('tells the sender of a datagram that has a name', () => {
  inDirectory((directory) => {
    const [first, second] = [open(SOCK_DGRAM), open(SOCK_DGRAM)]
    first.bind(join(directory, 'first'))
    second.bind(join(directory, 'second'))
    first.sendTo('hi', second.getSockName())
    expect(second.recvFrom(10)).toEqual([Buffer.from('hi'), join(directory, 'first')])
  })
})

/** One that no NUL has to follow. */
const LONGEST_NAME = 108

itWhere(system.abstractNames).each(['plain', 'with\0NULs\0', '\0\0', 'x'.repeat(LONGEST_NAME)])(
  'knows the abstract name %j',
  (rest) => {
    const name = `\0selectors-${process.pid}-${rest}`.slice(0, LONGEST_NAME)
    const listener = open()
    listener.bind(name)
    listener.listen()
    expect(listener.getSockName()).toBe(name)
    const client = open()
    client.connect(name)
    expect(client.getPeerName()).toBe(name)
  },
)

itWhere(system.abstractNames)('refuses an abstract name that is longer', () => {
  const name = `\0${'x'.repeat(LONGEST_NAME)}`
  expect(thrown(() => open().bind(name))).toMatchObject({ code: 'ERR_SOCKET_ARGUMENT' })
})

itWhere(system.abstractNames)('lets the system choose an abstract name for the empty one', () => {
  const socket = open()
  socket.bind('')
  expect(socket.getSockName()).toMatch(/^\0[0-9a-f]{5}$/)
})

it('takes a path as long as there is room for, and refuses a longer one, a NUL within, and what is no string', () => {
  inDirectory((directory) => {
    const fits = join(directory, 'x'.repeat(system.longestPath - 1 - directory.length))
    expect(Buffer.byteLength(fits)).toBe(system.longestPath)
    const socket = open()
    socket.bind(fits)
    expect(socket.getSockName()).toBe(fits)
    for (const bad of [`${fits}x`, 'a\0b', ['127.0.0.1', 1], 3, undefined]) {
      expect(thrown(() => open().bind(bad as string))).toMatchObject({ code: 'ERR_SOCKET_ARGUMENT' })
    }
  })
})

it('says which path is not there, taken, or no socket that listens', () => {
  inDirectory((directory) => {
    const path = join(directory, 'socket')
    expect(thrown(() => open().connect(path))).toMatchObject({ code: 'ENOENT', address: path })
    open().bind(path)
    expect(thrown(() => open().bind(path))).toMatchObject({ code: 'EADDRINUSE', address: path })
    expect(thrown(() => open().connect(path))).toMatchObject({ code: 'ECONNREFUSED', address: path })
  })
})
