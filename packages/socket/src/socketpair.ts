import { checkInt } from './arguments.js'
import { binding } from './binding.js'
import { AF_INET, AF_UNIX, SOCK_STREAM } from './constants.js'
import { SocketError } from './errors.js'
import type { Address, FamilyOf } from './families.js'
import { Socket } from './socket.js'

/** Windows has no pairs: two sockets that are connected over the loopback interface stand in for them. */
const PAIRS = process.platform === 'win32' ? AF_INET : AF_UNIX

/**
 * Opens two stream sockets that are connected to each other: UNIX sockets without names, on Windows TCP sockets.
 *
 * @throws {SocketError} `EMFILE`, see socketpair(2)
 * @throws {BindingError} when there is no binary for this system
 */
export function socketpair(): [Socket, Socket]
/**
 * Opens two sockets of a family that are connected to each other.
 *
 * @param family AF_UNIX and what else the system has; on Windows AF_INET or AF_INET6
 * @param type one of `SOCK_*`; SOCK_STREAM unless given
 * @param protocol one of `IPPROTO_*`; 0, which is the default, for the one that fits family and type
 * @throws {ArgumentError} when an argument is not a whole number
 * @throws {SocketError} `ENOTSUP` for a family that has no pairs, `EMFILE`, see socketpair(2)
 * @throws {BindingError} when there is no binary for this system
 */
export function socketpair<A extends Address = Address>(
  family: FamilyOf<A>,
  type?: number,
  protocol?: number,
): [Socket<A>, Socket<A>]
export function socketpair(family: number = PAIRS, type: number = SOCK_STREAM, protocol = 0): [Socket, Socket] {
  const fds = new Int32Array(2)
  const result = binding().pair(checkInt(family, 'family'), checkInt(type, 'type'), checkInt(protocol, 'protocol'), fds)
  if (result < 0) throw new SocketError(result, 'socketpair', { culprit: `family ${family}, type ${type}` })
  // By number: an iterator may be patched, and they would never be closed.
  return [new Socket(family, type, protocol, fds[0]), new Socket(family, type, protocol, fds[1])]
}
