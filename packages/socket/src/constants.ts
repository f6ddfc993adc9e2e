/**
 * The system's own numbers, written down so that importing them loads no binding.
 *
 * Sources: the systems' <sys/socket.h>, <netinet/in.h>, <netinet/tcp.h> and winsock2.h. `undefined` stands where a
 * system has no such thing; the constant is then `-1`, which every call refuses.
 */
import type { AddressFamily, Inet6Address, InetAddress, UnixAddress } from './address.js'

type Systems<T> = readonly [linux: T, darwin: T, freebsd: T, win32: T]

const column = ['linux', 'darwin', 'freebsd', 'win32'].indexOf(
  process.platform === 'android' ? 'linux' : process.platform,
)

/** The value on this system; systems that are not listed are taken for BSDs. */
function on(...values: Systems<number | undefined>): number {
  return values[column === -1 ? 2 : column] ?? -1
}

/** A value that all systems agree on, or all but Linux. */
const bsd = (linux: number, others: number): number => on(linux, others, others, others)

export const AF_UNSPEC = 0
export const AF_UNIX = 1 as AddressFamily<UnixAddress>
export const AF_INET = 2 as AddressFamily<InetAddress>
export const AF_INET6 = on(10, 30, 28, 23) as AddressFamily<Inet6Address>

export const SOCK_STREAM = 1
export const SOCK_DGRAM = 2
export const SOCK_RAW = 3
export const SOCK_SEQPACKET = 5

export const IPPROTO_IP = 0
export const IPPROTO_ICMP = 1
export const IPPROTO_TCP = 6
export const IPPROTO_UDP = 17
export const IPPROTO_IPV6 = 41

export const SOL_SOCKET = bsd(1, 0xffff)
export const SO_REUSEADDR = bsd(2, 0x4)
export const SO_REUSEPORT = on(15, 0x200, 0x200, undefined)
export const SO_TYPE = bsd(3, 0x1008)
export const SO_ERROR = bsd(4, 0x1007)
export const SO_BROADCAST = bsd(6, 0x20)
export const SO_SNDBUF = bsd(7, 0x1001)
export const SO_RCVBUF = bsd(8, 0x1002)
export const SO_KEEPALIVE = bsd(9, 0x8)
export const SO_OOBINLINE = bsd(10, 0x100)
export const SO_LINGER = bsd(13, 0x80)
export const SO_RCVTIMEO = bsd(20, 0x1006)
export const SO_SNDTIMEO = bsd(21, 0x1005)
export const SO_ACCEPTCONN = bsd(30, 0x2)
export const SOMAXCONN = on(4096, 128, 128, 0x7fffffff)

export const TCP_NODELAY = 1
export const IPV6_V6ONLY = on(26, 27, 27, 27)

export const MSG_OOB = 0x1
export const MSG_PEEK = 0x2
export const MSG_WAITALL = on(0x100, 0x40, 0x40, 0x8)
export const MSG_DONTWAIT = on(0x40, 0x80, 0x80, undefined)

export const SHUT_RD = 0
export const SHUT_WR = 1
export const SHUT_RDWR = 2
