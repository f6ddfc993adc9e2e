// Network interfaces that come, go and change, as the kernel reports them through a netlink(7) socket: a descriptor about which
// Node knows nothing.
//
//     node dist/interfaces.js
//     ip link set lo down      (as root, in another terminal)
import { endianness } from 'node:os'
import { DefaultSelector, EVENT_READ } from '@selectors/default'
import { AF_NETLINK, NETLINK_ADD_MEMBERSHIP, NETLINK_ROUTE, SOCK_RAW, SOL_NETLINK, Socket } from '@selectors/socket'
import { unlessBlocked } from './shared/tcp.js'

// linux/netlink.h, linux/rtnetlink.h and linux/if_link.h
const RTNLGRP_LINK = 1
const NLM_F_REQUEST_DUMP = 0x301
const [NLMSG_DONE, RTM_NEWLINK, RTM_DELLINK, RTM_GETLINK] = [3, 16, 17, 18]
const IFLA_IFNAME = 3
const IFF_UP = 1
const [HEADER, LINK] = [16, 16]
const LITTLE = endianness() === 'LE'

/** A sockaddr_nl: the family, which is 2 bytes and 2 of padding, a port id and groups. All zero, these are the kernel. */
const KERNEL = new Uint8Array(Uint16Array.of(AF_NETLINK, 0, 0, 0, 0, 0).buffer)

const socket = new Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)
socket.setBlocking(false)
socket.setSockOpt(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, RTNLGRP_LINK)
socket.sendTo(dumpRequest(), KERNEL)

const selector = new DefaultSelector()
selector.register(socket, EVENT_READ)
for await (const _ of selector) {
  const [data, sender] = unlessBlocked(() => socket.recvFrom(65536)) ?? []
  if (data === undefined || sender === undefined || !isKernel(sender)) continue
  for (const { type, body } of messages(data)) show(type, body)
}

/** Other programs may send to this socket as well, from port ids that are not 0. The groups that follow say who was told. */
function isKernel(sender: Uint8Array): boolean {
  return Buffer.compare(sender.subarray(0, 8), KERNEL.subarray(0, 8)) === 0
}

/** "Tell me about every interface." */
function dumpRequest(): Uint8Array {
  const request = new DataView(new ArrayBuffer(HEADER + LINK))
  request.setUint32(0, request.byteLength, LITTLE)
  request.setUint16(4, RTM_GETLINK, LITTLE)
  request.setUint16(6, NLM_F_REQUEST_DUMP, LITTLE)
  return new Uint8Array(request.buffer)
}

function show(type: number, body: DataView): void {
  if (type === NLMSG_DONE) console.log('watching')
  if (type !== RTM_NEWLINK && type !== RTM_DELLINK) return
  const state = type === RTM_DELLINK ? 'gone' : body.getUint32(8, LITTLE) & IFF_UP ? 'up' : 'down'
  console.log(`interface ${body.getInt32(4, LITTLE)} ${nameIn(body)} is ${state}`)
}

function nameIn(body: DataView): string | undefined {
  for (const attribute of parts(body, LINK)) {
    if (attribute.getUint16(2, LITTLE) !== IFLA_IFNAME) continue
    return Buffer.from(attribute.buffer, attribute.byteOffset + 4, attribute.byteLength - 5).toString()
  }
  return undefined
}

function* messages(data: Buffer): Generator<{ type: number; body: DataView }> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  for (let start = 0; start < view.byteLength; ) {
    const length = view.getUint32(start, LITTLE)
    const body = new DataView(view.buffer, view.byteOffset + start + HEADER, length - HEADER)
    yield { type: view.getUint16(start + 4, LITTLE), body }
    start += aligned(length)
  }
}

/** The attributes of a message: a length, a type and a value each. */
function* parts(body: DataView, first: number): Generator<DataView> {
  for (let start = first; start < body.byteLength; ) {
    const length = body.getUint16(start, LITTLE)
    yield new DataView(body.buffer, body.byteOffset + start, length)
    start += aligned(length)
  }
}

function aligned(length: number): number {
  return (length + 3) & ~3
}
