/**
 * The system's own numbers, written down so that importing them loads no binding.
 *
 * Sources: the systems' <sys/socket.h>, <netinet/in.h>, <netinet/tcp.h> and winsock2.h. `undefined` stands where a
 * system has no such thing; the constant is then `-1`, which every call refuses.
 */
import type { AddressFamily, Inet6Address, InetAddress, RawAddress, UnixAddress } from './families.js'

/** A number on each system that differs from the BSDs, or lacks it. */
interface Differences {
  readonly linux?: number | undefined
  readonly darwin?: number | undefined
  readonly openbsd?: number | undefined
  readonly netbsd?: number | undefined
  readonly sunos?: number | undefined
  readonly win32?: number | undefined
}

const system = process.platform === 'android' ? 'linux' : process.platform

/** The number of most BSDs, FreeBSD and DragonFly among them, unless this system has another. */
function on(bsd: number, differences: Differences): number {
  return (system in differences ? differences[system as keyof Differences] : bsd) ?? -1
}

export const AF_UNSPEC = 0
export const AF_UNIX = 1 as AddressFamily<UnixAddress>
export const AF_INET = 2 as AddressFamily<InetAddress>
export const AF_INET6 = on(28, {
  linux: 10,
  darwin: 30,
  openbsd: 24,
  netbsd: 24,
  sunos: 26,
  win32: 23,
}) as AddressFamily<Inet6Address>
export const AF_NETLINK = on(-1, { linux: 16 }) as AddressFamily<RawAddress>
export const AF_PACKET = on(-1, { linux: 17 }) as AddressFamily<RawAddress>
export const AF_CAN = on(-1, { linux: 29 }) as AddressFamily<RawAddress>
export const AF_VSOCK = on(-1, { linux: 40, darwin: 40 }) as AddressFamily<RawAddress>

export const SOCK_STREAM = on(1, { sunos: 2 })
export const SOCK_DGRAM = on(2, { sunos: 1 })
export const SOCK_RAW = on(3, { sunos: 4 })
export const SOCK_SEQPACKET = on(5, { sunos: 6 })

export const IPPROTO_IP = 0
export const IPPROTO_ICMP = 1
export const IPPROTO_TCP = 6
export const IPPROTO_UDP = 17
export const IPPROTO_IPV6 = 41

// Protocols of AF_NETLINK and AF_CAN.
export const NETLINK_ROUTE = on(-1, { linux: 0 })
export const NETLINK_KOBJECT_UEVENT = on(-1, { linux: 15 })
export const NETLINK_GENERIC = on(-1, { linux: 16 })
export const CAN_RAW = on(-1, { linux: 1 })
export const CAN_BCM = on(-1, { linux: 2 })

export const SOL_SOCKET = on(0xffff, { linux: 1 })
export const SO_REUSEADDR = on(0x4, { linux: 2 })
export const SO_REUSEPORT = on(0x200, { linux: 15, sunos: undefined, win32: undefined })
export const SO_TYPE = on(0x1008, { linux: 3 })
export const SO_ERROR = on(0x1007, { linux: 4 })
export const SO_BROADCAST = on(0x20, { linux: 6 })
export const SO_SNDBUF = on(0x1001, { linux: 7 })
export const SO_RCVBUF = on(0x1002, { linux: 8 })
export const SO_KEEPALIVE = on(0x8, { linux: 9 })
export const SO_OOBINLINE = on(0x100, { linux: 10 })
export const SO_LINGER = on(0x80, { linux: 13 })
export const SO_RCVTIMEO = on(0x1006, { linux: 20, netbsd: 0x100c })
export const SO_SNDTIMEO = on(0x1005, { linux: 21, netbsd: 0x100b })
export const SO_ACCEPTCONN = on(0x2, { linux: 30 })
export const SOMAXCONN = on(128, { linux: 4096, win32: 0x7fffffff })

export const TCP_NODELAY = 1
export const IPV6_V6ONLY = on(27, { linux: 26, sunos: 0x27 })

export const SOL_NETLINK = on(-1, { linux: 270 })
export const NETLINK_ADD_MEMBERSHIP = on(-1, { linux: 1 })
export const NETLINK_DROP_MEMBERSHIP = on(-1, { linux: 2 })
export const SOL_PACKET = on(-1, { linux: 263 })
export const PACKET_ADD_MEMBERSHIP = on(-1, { linux: 1 })
export const SOL_CAN_RAW = on(-1, { linux: 101 })
export const CAN_RAW_FILTER = on(-1, { linux: 1 })

export const MSG_OOB = 0x1
export const MSG_PEEK = 0x2
export const MSG_WAITALL = on(0x40, { linux: 0x100, win32: 0x8 })
export const MSG_DONTWAIT = on(0x80, { linux: 0x40, win32: undefined })

export const SHUT_RD = 0
export const SHUT_WR = 1
export const SHUT_RDWR = 2
