import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AF_INET,
  AF_UNIX,
  IPPROTO_UDP,
  PipeEnd,
  pipe,
  SOCK_DGRAM,
  SOCK_STREAM,
  Socket,
  socketpair,
} from '@selectors/socket'
import { tcpPair } from '@selectors/socket/pairs'
import { Closing, isCloseOnExec, openDescriptors, openedSince, thrown } from './support'
import { itWhere, system } from './system'

const closing = new Closing()
afterEach(() => closing.close())

// Generous, for busy machines: none takes more than a second of its own.
jest.setTimeout(60_000)

const entry = JSON.stringify(require.resolve('@selectors/socket'))

/** One of each way to open a descriptor. */
const allKinds = () => {
  const [client, server] = closing.tcp()
  return closing.add([
    client,
    server,
    client.dup(),
    ...socketpair(),
    ...pipe(),
    pipe()[0].dup(),
    new Socket(AF_INET, SOCK_DGRAM),
  ])
}

itWhere(system.descriptorFlags)('closes all kinds of descriptors on exec', () => {
  for (const file of allKinds()) expect([file, isCloseOnExec(file.fileno())]).toEqual([file, true])
})

it('hands none of them down to a child process', () => {
  // The child opens descriptors of its own, which are all below the numbers that are looked at.
  for (let fd = 0; fd < 200; ) {
    fd = openSync('/dev/null', 'r')
    closing.add({ close: () => closeSync(fd) })
  }
  const fds = allKinds().map((file) => file.fileno())
  const program = `for (const fd of [${fds}]) try { fs.fstatSync(fd); console.log(fd) } catch ({ code }) { console.log(code) }`
  const { stdout } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' })
  expect(stdout.trim().split('\n')).toEqual(fds.map(() => 'EBADF'))
})

it('closes once, and leaves the number to its next owner', () => {
  const first = new Socket()
  const fd = first.fileno()
  first.close()
  expect(first.fileno()).toBe(-1)
  const second = closing.add(new Socket())
  expect(second.fileno()).toBe(fd)
  first.close()
  first[Symbol.dispose]()
  expect(first.detach()).toBe(-1)
  expect(fstatSync(second.fileno()).isSocket()).toBe(true)
})

it('closes at the end of a using block', () => {
  let fd = -1
  {
    using socket = new Socket()
    fd = socket.fileno()
    expect(fstatSync(fd).isSocket()).toBe(true)
  }
  expect(thrown(() => fstatSync(fd))).toMatchObject({ code: 'EBADF' })
})

it('says when somebody else has closed the descriptor, and is closed nevertheless', () => {
  const socket = new Socket()
  closeSync(socket.fileno())
  expect(thrown(() => socket.close())).toMatchObject({ code: 'EBADF', syscall: 'close' })
  expect(socket.fileno()).toBe(-1)
  socket.close()
})

it('gives the descriptor away open', () => {
  const [first, second] = socketpair()
  closing.add(second)
  const fd = first.detach()
  expect(first.fileno()).toBe(-1)
  first.close()
  const again = closing.add(Socket.from(fd))
  expect(again).toMatchObject({ family: AF_UNIX, type: SOCK_STREAM, protocol: 0 })
  expect(again.fileno()).toBe(fd)
  again.send('x')
  expect(second.recv(1).toString()).toBe('x')
})

it('shares one open file among duplicates, with its blocking mode', () => {
  const [client, server] = closing.tcp()
  client.setBlocking(false)
  const twin = closing.add(client.dup())
  expect(twin.fileno()).not.toBe(client.fileno())
  expect(twin).toMatchObject({ family: client.family, type: client.type, protocol: client.protocol })
  expect(twin.getBlocking()).toBe(false)
  twin.setBlocking(true)
  expect(client.getBlocking()).toBe(true)
  client.close()
  twin.send('x')
  expect(server.recv(1).toString()).toBe('x')
  twin.close()
  expect(server.recv(1)).toHaveLength(0)
})

it('changes nothing but the blocking mode of an open file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'selectors-socket-'))
  const file = join(directory, 'file')
  const end = closing.add(PipeEnd.from(openSync(file, 'a')))
  for (const [i, blocking] of [false, true, false].entries()) {
    end.setBlocking(blocking)
    expect(end.getBlocking()).toBe(blocking)
    // What it writes is appended still.
    end.write(`${i}`)
    appendFileSync(file, '-')
  }
  expect(readFileSync(file, 'utf8')).toBe('0-1-2-')
  rmSync(directory, { recursive: true })
})

it('finds out what a socket is', () => {
  const socket = new Socket(AF_INET, SOCK_DGRAM)
  const protocol = system.tellsProtocol ? IPPROTO_UDP : expect.any(Number)
  expect(closing.add(Socket.from(socket.detach()))).toMatchObject({ family: AF_INET, type: SOCK_DGRAM, protocol })
})

it('leaks nothing over 1000 rounds of each', () => {
  const before = openDescriptors()
  for (let round = 0; round < 1000; round++) {
    const [reader, writer] = pipe()
    const files = [
      ...tcpPair.open(),
      ...socketpair(),
      reader,
      PipeEnd.from(writer.detach()),
      reader.dup(),
      new Socket(),
    ]
    for (const file of files) file.close()
  }
  expect(openedSince(before)).toEqual([])
})

it('leaks nothing when it refuses', () => {
  const socket = closing.add(new Socket())
  const notASocket = openSync('/dev/null', 'r')
  const before = openDescriptors()
  for (let round = 0; round < 100; round++) {
    expect(thrown(() => new Socket(AF_INET, SOCK_DGRAM, 6))).toHaveProperty('code')
    expect(thrown(() => new Socket(AF_INET, NaN))).toHaveProperty('code')
    expect(thrown(() => socketpair(AF_INET))).toHaveProperty('code')
    expect(thrown(() => Socket.from(notASocket))).toHaveProperty('code')
    expect(thrown(() => socket.accept())).toHaveProperty('code')
  }
  expect(openedSince(before)).toEqual([])
  closeSync(notASocket)
})

it('closes forgotten sockets and pipes when they are collected', () => {
  const program = `
    const { Socket, pipe, socketpair } = require(${entry})
    const { fstatSync } = require('node:fs')
    const isOpen = (fd) => { try { return fstatSync(fd) } catch {} }
    const count = () => Array.from({ length: 1024 }, (_, fd) => fd).filter(isOpen).length
    const forget = () => { for (let i = 0; i < 100; i++) { new Socket(); pipe(); socketpair() } }
    const before = count()
    forget()
    const most = count()
    const deadline = Date.now() + 10_000
    const look = () => {
      gc()
      if (count() > before && Date.now() < deadline) return setTimeout(look, 5)
      console.log(JSON.stringify({ opened: most - before, left: count() - before }))
    }
    look()`
  const output = execFileSync(process.execPath, ['--expose-gc', '-e', program], { encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual({ opened: 500, left: 0 })
})
