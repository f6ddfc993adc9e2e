import { constants } from 'node:os'
import { AF_INET, AF_UNIX, SO_SNDTIMEO, SOCK_STREAM, SOL_SOCKET, Socket } from '@selectors/socket'
import { Closing, inWorker, thrown } from './support'
import { itWhere, system } from './system'

// A UNIX listener whose backlog is full. Linux lets a blocking connect() wait for room and refuses a non-blocking one, without going
// on in the background.
const closing = new Closing()
afterEach(() => closing.close())

const open = () => closing.add(new Socket(AF_UNIX))

function crowded(): Socket<string> {
  const listener = open()
  listener.bind('')
  listener.listen(0)
  open().connect(listener.getSockName())
  return listener
}

const timeout = (milliseconds: number) => Buffer.from(new BigInt64Array([0n, BigInt(milliseconds) * 1000n]).buffer)

itWhere(system.waitsForCrowds)('refuses a non-blocking connect() with EAGAIN, and says what to do', () => {
  const listener = crowded()
  const address = listener.getSockName()
  const socket = open()
  socket.setBlocking(false)
  expect(socket.connectEx(address)).toBe(constants.errno.EAGAIN)
  const error = thrown(() => socket.connect(address))
  expect(error).toMatchObject({ code: 'EAGAIN', syscall: 'connect', address })
  expect(error.message).toMatch(/the listener has no room .* call connect\(\) again later$/)
  expect(thrown(() => socket.getPeerName())).toMatchObject({ code: 'ENOTCONN' })
  closing.add(listener.accept()[0])
  socket.connect(address)
  expect(socket.getPeerName()).toBe(address)
})

itWhere(system.waitsForCrowds)('waits until there is room when it is blocking', async () => {
  const listener = crowded()
  const address = listener.getSockName()
  const accepted = await inWorker(`
    const listener = Socket.from(${listener.dup().detach()})
    post('running')
    sleep(60)
    const [first] = listener.accept()
    first.close()
    const [second] = listener.accept()
    post(second.recv(10).toString())`)
  const socket = open()
  socket.connect(address)
  expect(socket.getBlocking()).toBe(true)
  expect(socket.getPeerName()).toBe(address)
  socket.send('welcome')
  expect(await accepted()).toBe('welcome')
})

itWhere(system.waitsForCrowds)("gives up with EAGAIN after the socket's own timeout, and can try again", () => {
  const listener = crowded()
  const address = listener.getSockName()
  const socket = open()
  socket.setSockOpt(SOL_SOCKET, SO_SNDTIMEO, timeout(70))
  const start = process.hrtime.bigint()
  expect(thrown(() => socket.connect(address))).toMatchObject({ code: 'EAGAIN', syscall: 'connect' })
  expect(Number(process.hrtime.bigint() - start) / 1e6).toBeGreaterThanOrEqual(70)
  expect(socket.getBlocking()).toBe(true)
  closing.add(listener.accept()[0])
  socket.connect(address)
  expect(socket.getPeerName()).toBe(address)
})

itWhere(system.waitsForCrowds)(
  "gives up with EINPROGRESS where a connection takes longer than the socket's own timeout",
  () => {
    const listener = closing.add(new Socket(AF_INET, SOCK_STREAM))
    listener.bind(['127.0.0.1', 0])
    listener.listen(0)
    const address = listener.getSockName()
    // Once the backlog is full, the system does not answer.
    for (let i = 0; i < 4; i++) {
      const socket = closing.add(new Socket(AF_INET, SOCK_STREAM))
      socket.setBlocking(false)
      socket.connectEx(address)
    }
    const socket = closing.add(new Socket(AF_INET, SOCK_STREAM))
    socket.setSockOpt(SOL_SOCKET, SO_SNDTIMEO, timeout(70))
    const start = process.hrtime.bigint()
    expect(thrown(() => socket.connect(address))).toMatchObject({ code: 'EINPROGRESS', syscall: 'connect' })
    expect(Number(process.hrtime.bigint() - start) / 1e6).toBeGreaterThanOrEqual(70)
  },
)

itWhere(system.waitsForCrowds)('takes no processor time while it waits for room', () => {
  const address = crowded().getSockName()
  const socket = open()
  socket.setSockOpt(SOL_SOCKET, SO_SNDTIMEO, timeout(500))
  let least = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < 5 && least >= 15_000; tries++) {
    const before = process.cpuUsage()
    expect(thrown(() => socket.connect(address))).toMatchObject({ code: 'EAGAIN' })
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, user + system)
  }
  expect(least).toBeLessThan(15_000)
})

itWhere(system.waitsForCrowds)('has room for 128 connections unless it is told another number', () => {
  const listener = open()
  listener.bind('')
  listener.listen()
  const address = listener.getSockName()
  const results = Array.from({ length: 140 }, () => {
    const socket = open()
    socket.setBlocking(false)
    return socket.connectEx(address)
  })
  expect(results.slice(0, 128)).toEqual(Array(128).fill(0))
  expect(results.at(-1)).toBe(constants.errno.EAGAIN)
})
