import type { Address, AddressFamily } from './address.js'
import { checkInt } from './arguments.js'
import { binding } from './binding.js'
import { AF_UNIX, SOCK_STREAM } from './constants.js'
import { SocketError } from './errors.js'
import { Socket } from './socket.js'

/**
 * Opens two sockets that are connected to each other, without names.
 *
 * @throws {ArgumentError} when an argument is no whole number
 * @throws {SocketError} `ENOTSUP` for a family that has no pairs, `EMFILE`, see socketpair(2)
 * @throws {BindingError} when there is no binary for this system
 */
export function socketpair<A extends Address = string>(
  family: AddressFamily<A> | number = AF_UNIX,
  type: number = SOCK_STREAM,
  protocol = 0,
): [Socket<A>, Socket<A>] {
  const fds = new Int32Array(2)
  const result = binding().pair(checkInt(family, 'family'), checkInt(type, 'type'), checkInt(protocol, 'protocol'), fds)
  if (result < 0) throw new SocketError(result, 'socketpair', { culprit: `family ${family}, type ${type}` })
  const [first, second] = fds as unknown as [number, number]
  return [new Socket<A>(family, type, protocol, first), new Socket<A>(family, type, protocol, second)]
}
