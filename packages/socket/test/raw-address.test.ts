import { endianness } from 'node:os'
import {
  AF_CAN,
  AF_INET,
  AF_NETLINK,
  AF_PACKET,
  AF_UNIX,
  AF_UNSPEC,
  AF_VSOCK,
  NETLINK_ROUTE,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_STREAM,
  Socket,
} from '@selectors/socket'
import { decodeAddress, encodeAddress } from '../src/address.js'
import { binding } from '../src/binding.js'
import { formatAddress } from '../src/errors.js'
import { Closing, thrown } from './support'
import { itWhere, system } from './system'

const closing = new Closing()
afterEach(() => closing.close())

const LITTLE = endianness() === 'LE'

/** Bytes of numbers in the machine's order: [size in bytes, number]... */
function structure(...members: readonly [size: 1 | 2 | 4, value: number][]): Buffer {
  const bytes = Buffer.alloc(members.reduce((length, [size]) => length + size, 0))
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  let offset = 0
  for (const [size, value] of members) {
    if (size === 1) view.setUint8(offset, value)
    else if (size === 2) view.setUint16(offset, value, LITTLE)
    else view.setUint32(offset, value, LITTLE)
    offset += size
  }
  return bytes
}

const numberAt = (bytes: Uint8Array, offset: number) =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(offset, LITTLE)

/** The sockaddr_nl of netlink(7). */
const netlinkAddress = (pid: number, groups = 0) => structure([2, AF_NETLINK], [2, 0], [4, pid], [4, groups])

/** RTM_GETLINK with NLM_F_REQUEST | NLM_F_DUMP: "tell me of every interface", see rtnetlink(7). */
const request = structure([4, 32], [2, 18], [2, 0x301], [4, 7], [4, 0], [4, 0], [4, 0], [4, 0], [4, 0])
const [RTM_NEWLINK, NLMSG_DONE] = [16, 3]

const netlink = () => closing.add(new Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE))

describe('netlink', () => {
  itWhere(system.netlink)('binds, and tells the address that the kernel has chosen', () => {
    const socket = netlink()
    socket.bind(netlinkAddress(0))
    const name = socket.getSockName()
    expect(Buffer.isBuffer(name)).toBe(true)
    expect(name).toEqual(netlinkAddress(numberAt(name, 4)))
    expect(numberAt(name, 4)).not.toBe(0)
  })

  itWhere(system.netlink)('sends to the kernel, and tells who answers: all interfaces', () => {
    const socket = netlink()
    expect(socket.sendTo(request, netlinkAddress(0))).toBe(request.length)
    const types: number[] = []
    while (types.at(-1) !== NLMSG_DONE) {
      const [data, sender] = socket.recvFrom(65536)
      expect(sender).toEqual(netlinkAddress(0))
      for (let start = 0; start < data.length; start += (numberAt(data, start) + 3) & ~3) {
        types.push(numberAt(data, start + 4) & 0xffff)
      }
    }
    expect(types).toContain(RTM_NEWLINK)
  })

  itWhere(system.netlink)('connects, and tells the peer', () => {
    const socket = netlink()
    expect(socket.connectEx(netlinkAddress(0))).toBe(0)
    expect(socket.getPeerName()).toEqual(netlinkAddress(0))
    expect(socket.send(request)).toBe(request.length)
    expect(socket.recv(65536).length).toBeGreaterThan(0)
  })

  itWhere(system.netlink)('names the address of a failed call, byte by byte', () => {
    const address = netlinkAddress(0x7ffffffe)
    const error = thrown(() => netlink().sendTo('x', address))
    expect(error).toMatchObject({ code: 'ECONNREFUSED', syscall: 'sendto', address })
    expect(error.message).toContain(formatAddress(address))
    expect(formatAddress(Buffer.from([16, 0, 255]))).toBe('<10 00 ff>')
  })
})

/** Whether this user may: needs CAP_NET_RAW, see packet(7). Skipped otherwise, and then unproven. */
const mayCapture = system.netlink && thrown(() => new Socket(AF_PACKET, SOCK_DGRAM).close()).code === undefined

itWhere(mayCapture)('a packet socket binds to an interface, and tells where packets come from', () => {
  const [IP, LOOPBACK] = [0x0008, 1]
  const socket = closing.add(new Socket(AF_PACKET, SOCK_DGRAM))
  const everything = LITTLE ? IP : 0x0800
  socket.bind(structure([2, AF_PACKET], [2, everything], [4, LOOPBACK], [2, 0], [1, 0], [1, 0], [4, 0], [4, 0]))
  const sender = closing.add(new Socket(AF_INET, SOCK_DGRAM))
  const receiver = closing.add(new Socket(AF_INET, SOCK_DGRAM))
  receiver.bind(['127.0.0.1', 0])
  const text = `packet of ${process.pid}`
  sender.sendTo(text, receiver.getSockName())
  for (;;) {
    const [packet, address] = socket.recvFrom(65536)
    expect(address.subarray(0, 8)).toEqual(structure([2, AF_PACKET], [2, everything], [4, LOOPBACK]))
    if (packet.includes(text)) break
  }
})

const hasVsock = system.netlink && thrown(() => new Socket(AF_VSOCK, SOCK_STREAM).close()).code === undefined

itWhere(hasVsock)('a vsock binds to a port', () => {
  const ANY = 0xffffffff
  const socket = closing.add(new Socket(AF_VSOCK, SOCK_STREAM))
  socket.bind(structure([2, AF_VSOCK], [2, 0], [4, ANY], [4, ANY], [4, 0]))
  const name = socket.getSockName()
  expect(name).toHaveLength(16)
  expect(numberAt(name, 4)).not.toBe(ANY)
})

it.each([AF_NETLINK, AF_PACKET, AF_CAN, AF_VSOCK].filter((family) => family > 0))(
  'goes through the system form and back, family %i',
  (family) => {
    for (const length of [2, 16, 128]) {
      const address = Buffer.alloc(length, 7)
      structure([2, family]).copy(address)
      expect(decodeAddress(family, encodeAddress(family, address))).toEqual(address)
      expect(decodeAddress(family, encodeAddress(family, new Uint8Array(address)))).toEqual(address)
    }
  },
)

itWhere(system.netlink).each<[what: string, address: unknown]>([
  ['nothing', undefined],
  ['a host and a port', ['127.0.0.1', 80]],
  ['a string', 'x'.repeat(12)],
  ['other memory', new Uint16Array(6)],
  ['no bytes', Buffer.alloc(0)],
  ['half a family', Buffer.from([AF_NETLINK])],
  ['more than a sockaddr', Buffer.concat([netlinkAddress(0), Buffer.alloc(117)])],
  ['another family', structure([2, AF_UNIX], [2, 0], [4, 0], [4, 0])],
  ['the bytes after the family', netlinkAddress(0).subarray(2)],
])('is refused: %s', (_, address) => {
  const socket = netlink()
  for (const name of ['bind', 'connect', 'connectEx'] as const) {
    const error = thrown(() => (socket[name] as (address: unknown) => unknown)(address))
    expect(error).toMatchObject({ name: 'ArgumentError', code: 'ERR_SOCKET_ARGUMENT' })
    expect(error.message).toMatch(/^address must be .*, not /)
  }
  expect(thrown(() => socket.sendTo('x', address as Uint8Array))).toMatchObject({ name: 'ArgumentError' })
  expect(numberAt(socket.getSockName(), 4)).toBe(0)
})

it('is refused where an address has another form', () => {
  const bytes = structure([2, AF_INET], [2, 80], [4, 0x0100007f], [4, 0], [4, 0])
  for (const family of [AF_INET, AF_UNIX, AF_UNSPEC]) {
    expect(thrown(() => encodeAddress(family, bytes.subarray(0, family === AF_UNSPEC ? 1 : 16)))).toMatchObject({
      name: 'ArgumentError',
    })
  }
})

it('is copied no further than there is room', () => {
  const bytes = Buffer.alloc(32)
  expect(binding().copyRaw(encodeAddress(AF_INET, ['1.2.3.4', 80]), bytes.subarray(0, 5))).toBe(16)
  expect([...bytes.subarray(2)]).toEqual([0, 80, 1, ...Buffer.alloc(27)])
})
