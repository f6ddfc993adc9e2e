import { existsSync } from 'node:fs'
import { networkInterfaces } from 'node:os'

/** One of the systems, by `process.platform`. */
const is = (...platforms: string[]) => platforms.includes(process.platform)

/** What this system can do, as far as tests have to know. Linux can do all of it, so that nothing is left out there. */
export const system = {
  /** A UNIX socket may be named by what is no path, and takes such a name when it is told none: unix(7). */
  abstractNames: is('linux'),
  /** UNIX sockets carry packets. */
  unixPackets: !is('darwin', 'sunos'),
  /** Whoever comes to a full backlog or sends to a full datagram socket waits; elsewhere it is refused, or left to chance. */
  waitsForCrowds: is('linux'),
  /** There are sockets of netlink(7), packet(7) and vsock(7), unless the kernel was built without. */
  netlink: is('linux'),
  /** A datagram tells its whole length to MSG_TRUNC. */
  tellsTruncated: is('linux'),
  /** SOCK_NONBLOCK is the number of Linux, and SO_PEEK_OFF is there. */
  linuxNumbers: is('linux'),
  /** An open socket can be asked for its protocol. */
  tellsProtocol: is('linux', 'freebsd', 'openbsd'),
  /** An unconnected stream has a broken pipe; elsewhere it is not connected. */
  sendUnconnected: is('linux') ? 'EPIPE' : 'ENOTCONN',
  /** A host is also a number in less than four parts. */
  shortHosts: !is('openbsd'),
  /** Every IPv6 address may have a scope, and the loopback interface is the first. */
  scopes: is('linux'),
  /** What a pipe holds is known. */
  pipeSize: is('linux') ? 65536 : undefined,
  /** How many bytes a path of a UNIX socket may have. */
  longestPath: is('linux', 'sunos') ? 107 : 103,
  /** SO_RCVTIMEO may be longer than a month. */
  longTimeouts: is('linux'),
  /** The flags of open descriptors can be looked up. */
  descriptorFlags: existsSync('/proc/self/fdinfo'),
  /** IPv6 is there. */
  ipv6: Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1')),
}

/** A test that needs something of the system. */
export const itWhere = (capable: boolean): jest.It => (capable ? it : it.skip)

/** The rows of a table of which the last ones need something of the system. */
export const rows = <Row>(always: readonly Row[], capable: boolean, more: readonly Row[]): Row[] =>
  capable ? [...always, ...more] : [...always]
