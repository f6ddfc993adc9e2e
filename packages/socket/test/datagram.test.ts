import { AF_INET, AF_UNIX, MSG_PEEK, SO_BROADCAST, SOCK_DGRAM, SOL_SOCKET, Socket, socketpair } from '@selectors/socket'
import { Closing, inWorker, thrown } from './support'
import { itWhere, system } from './system'

const closing = new Closing()
afterEach(() => closing.close())

const udp = () => {
  const socket = closing.add(new Socket(AF_INET, SOCK_DGRAM))
  socket.bind(['127.0.0.1', 0])
  return socket
}

it('carries datagrams with their senders', () => {
  const [first, second] = [udp(), udp()]
  expect(first.sendTo('one', second.getSockName())).toBe(3)
  expect(first.sendTo(Uint8Array.of(1, 2), second.getSockName())).toBe(2)
  expect(second.recvFrom(100)).toEqual([Buffer.from('one'), first.getSockName()])
  expect(second.recvFrom(100)).toEqual([Buffer.of(1, 2), first.getSockName()])
})

it('keeps the bounds of datagrams: what does not fit is lost, an empty one arrives', () => {
  const [first, second] = [udp(), udp()]
  first.sendTo('a long one', second.getSockName())
  first.sendTo('', second.getSockName())
  first.sendTo('next', second.getSockName())
  expect(second.recv(6).toString()).toBe('a long')
  expect(second.recvFrom(10)).toEqual([Buffer.alloc(0), first.getSockName()])
  expect(second.recv(10, MSG_PEEK).toString()).toBe('next')
  expect(second.recv(10).toString()).toBe('next')
})

it('remembers an address it was connected to, and hears that nobody is there', () => {
  const [first, second] = [udp(), udp()]
  first.connect(second.getSockName())
  expect(first.send('hi')).toBe(2)
  expect(second.recv(10).toString()).toBe('hi')
  second.close()
  first.send('anybody?')
  expect(thrown(() => first.recv(10))).toMatchObject({ code: 'ECONNREFUSED', syscall: 'recv' })
})

it('broadcasts only when it was asked to', () => {
  const socket = udp()
  expect(thrown(() => socket.sendTo('x', ['<broadcast>', 9]))).toMatchObject({
    code: 'EACCES',
    syscall: 'sendto',
    address: ['<broadcast>', 9],
  })
  socket.setSockOpt(SOL_SOCKET, SO_BROADCAST, true)
  expect(socket.getSockOpt(SOL_SOCKET, SO_BROADCAST)).not.toBe(0)
})

it('refuses a datagram that is too long, and one without an address', () => {
  const [first, second] = [udp(), udp()]
  expect(thrown(() => first.sendTo(Buffer.alloc(70_000), second.getSockName()))).toMatchObject({ code: 'EMSGSIZE' })
  expect(thrown(() => first.send('whereto'))).toMatchObject({ code: 'EDESTADDRREQ' })
})

it('carries datagrams in UNIX pairs, which have no names', () => {
  const [first, second] = closing.add(socketpair(AF_UNIX, SOCK_DGRAM))
  first.send('one')
  first.send('two')
  expect(second.recvFrom(10)).toEqual([Buffer.from('one'), ''])
  first.sendAll('')
  expect(second.recv(10).toString()).toBe('two')
  expect(second.recv(10)).toHaveLength(0)
})

itWhere(system.waitsForCrowds)('waits for room at a full receiver that it is not connected to', async () => {
  const receiver = closing.add(new Socket(AF_UNIX, SOCK_DGRAM))
  receiver.bind(`\0selectors-full-${process.pid}`)
  const sender = closing.add(new Socket(AF_UNIX, SOCK_DGRAM))
  sender.setBlocking(false)
  const fill = () => thrown(() => sender.sendTo('x', receiver.getSockName()))
  while (fill().code === undefined);
  expect(fill()).toMatchObject({ code: 'EAGAIN' })
  sender.setBlocking(true)
  const done = await inWorker(`
    const receiver = Socket.from(${receiver.dup().detach()})
    post('running')
    sleep(50)
    receiver.recv(1)
    receiver.close()
    post('done')`)
  const before = process.cpuUsage()
  expect(sender.sendTo('y', receiver.getSockName())).toBe(1)
  expect(process.cpuUsage(before).system).toBeLessThan(40_000)
  await done()
})

itWhere(system.tellsTruncated)('receives no more than there is room for, even when MSG_TRUNC counts more', () => {
  const MSG_TRUNC = 0x20
  const [first, second] = socketpair(AF_UNIX, SOCK_DGRAM)
  first.send('a datagram')
  expect(second.recv(4, MSG_TRUNC).toString()).toBe('a da')
  first.close()
  second.close()
})

itWhere(system.linuxNumbers)(
  'does not wait for errors that are queued, as the system does not',
  async () => {
    const MSG_ERRQUEUE = 0x2000
    const next = await inWorker(`
    const socket = new Socket(${AF_INET}, ${SOCK_DGRAM})
    post('ready')
    try {
      socket.recv(10, ${MSG_ERRQUEUE})
    } catch ({ code }) {
      post(code)
    }
    socket.close()`)
    expect(await next()).toBe('EAGAIN')
  },
  20_000,
)
