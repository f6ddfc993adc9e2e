import { decodeAddress, encodeAddress, newAddress } from './address.js'
import { checkBuffer, checkData, checkFd, checkInt, checkSize } from './arguments.js'
import { binding } from './binding.js'
import { AF_INET, SO_ERROR, SOCK_STREAM, SOL_SOCKET } from './constants.js'
import { Endpoint } from './endpoint.js'
import { errnoOf, SocketError } from './errors.js'
import type { Address, FamilyOf, InetAddress } from './families.js'
import { fdOf } from './open-file.js'
import { decodeOption, encodeOption, newOption } from './options.js'
import { received, roomFor } from './receiving.js'

/**
 * A BSD socket, in the shape of Python's `socket.socket`.
 *
 * It is a file object: give it to a selector as it is. It starts out blocking and closed on exec; no call raises SIGPIPE
 * and none is interrupted by a signal. `A` is what its addresses look like, known from the family.
 *
 * Every method throws {@link SocketError} with the system's own code: `EBADF` when the socket is closed, `EAGAIN` when
 * a non-blocking one would have to wait, and those that are named at the method.
 */
export class Socket<A extends Address = Address> extends Endpoint<A> {
  /**
   * Opens a socket.
   *
   * @param family one of `AF_*`: of these constants it is known what the addresses look like, of a plain number it is not
   * @param type one of `SOCK_*`; SOCK_STREAM unless given
   * @param protocol one of `IPPROTO_*` or `NETLINK_*`; 0, which is the default, for the one that fits family and type
   * @param fd an open socket to take over instead, which must be of this family, type and protocol; `Socket.from()` finds
   *   them out
   * @throws {ArgumentError} when an argument is not a whole number
   * @throws {SocketError} `EAFNOSUPPORT`, `EPROTONOSUPPORT`, `EACCES` or `EMFILE`, see socket(2)
   * @throws {BindingError} when there is no binary for this system
   */
  constructor(family: FamilyOf<A>, type?: number, protocol?: number, fd?: number)
  /**
   * Opens a TCP socket of AF_INET.
   *
   * @throws {SocketError} `EMFILE`, see socket(2)
   * @throws {BindingError} when there is no binary for this system
   */
  constructor(...none: InetAddress extends A ? [] : [family: FamilyOf<A>])
  constructor(family: number = AF_INET, type: number = SOCK_STREAM, protocol = 0, fd?: number) {
    checkInt(family, 'family')
    checkInt(type, 'type')
    checkInt(protocol, 'protocol')
    super(family, type, protocol, fd === undefined ? open(family, type, protocol) : checkFd(fd))
  }

  /**
   * Takes over an open socket, whose family, type and protocol are found out; it is closed with the object. The protocol
   * is 0 on macOS, NetBSD and DragonFly, which do not tell it.
   *
   * @throws {SocketError} `ENOTSOCK` when `fd` is another kind of file, `EBADF` when it is not open
   */
  static from(fd: number): Socket {
    const identity = new Int32Array(3)
    const result = binding().identify(checkFd(fd), identity)
    if (result < 0) throw new SocketError(result, 'getsockopt', { culprit: `fd ${fd}` })
    const [family, type, protocol] = identity as unknown as [number, number, number]
    return new Socket(family, type, protocol, fd)
  }

  /** A second socket on the same open file, with a descriptor of its own. */
  dup(): Socket<A> {
    const fd = this.check(binding().dup(fdOf(this)), 'dup')
    return new Socket(this.family as FamilyOf<A>, this.type, this.protocol, fd)
  }

  /**
   * Takes the next connection: a new, blocking socket, and the address of the other end. On a blocking listener that
   * several threads or processes share, the one that comes second may wait for the next connection and cannot be ended: make it
   * non-blocking.
   *
   * @throws {SocketError} `EAGAIN` when non-blocking and no connection waits, `EINVAL` before `listen()`, `EMFILE`, see accept(2)
   */
  accept(): [socket: Socket<A>, address: A] {
    const bytes = newAddress()
    const fd = this.check(binding().accept(fdOf(this), bytes), 'accept')
    const connection = new Socket<A>(this.family as FamilyOf<A>, this.type, this.protocol, fd)
    return [connection, decodeAddress(this.family, bytes) as A]
  }

  /**
   * Receives what is there, at most `size` bytes; an empty Buffer at the end of the stream.
   *
   * @param flags `MSG_*`, see recv(2)
   * @throws {SocketError} `ENOTCONN`, `ECONNRESET`, `ECONNREFUSED`, see recv(2)
   */
  recv(size: number, flags = 0): Buffer {
    const room = roomFor(checkSize(size))
    return received(room, this.check(binding().recv(fdOf(this), room, checkInt(flags, 'flags')), 'recv'))
  }

  /** Receives into `buffer` like {@link recv}: how many bytes, 0 at the end of the stream. */
  recvInto(buffer: Uint8Array, flags = 0): number {
    const result = binding().recv(fdOf(this), checkBuffer(buffer, 'buffer'), checkInt(flags, 'flags'))
    return this.check(result, 'recv')
  }

  /** Receives like {@link recv}, and returns the sender too: `''` when it has no address, and on a stream. */
  recvFrom(size: number, flags = 0): [data: Buffer, address: A] {
    const room = roomFor(checkSize(size))
    const address = newAddress()
    const result = binding().recvFrom(fdOf(this), room, checkInt(flags, 'flags'), address)
    return [received(room, this.check(result, 'recvfrom')), decodeAddress(this.family, address) as A]
  }

  /**
   * Sends bytes, a string as UTF-8: how many were taken, which may be fewer on a stream, also on a blocking one.
   *
   * @throws {SocketError} `EPIPE`, `ECONNRESET`, `EMSGSIZE` (datagram too long), `ENOTCONN`, see send(2)
   */
  send(data: string | Uint8Array, flags = 0): number {
    return this.check(binding().send(fdOf(this), checkData(data), checkInt(flags, 'flags')), 'send')
  }

  /**
   * Sends all bytes, and waits as often as it takes.
   *
   * @throws {SocketError} as {@link send}, and `EAGAIN` when non-blocking; its `bytesSent` says how many were sent before
   */
  sendAll(data: string | Uint8Array, flags = 0): void {
    const bytes = checkData(data)
    checkInt(flags, 'flags')
    let bytesSent = 0
    let result: number
    do {
      result = binding().send(fdOf(this), bytesSent === 0 ? bytes : bytes.subarray(bytesSent), flags)
      if (result < 0) throw this.failure(result, 'send', { bytesSent })
      bytesSent += result
      // An object may lie about its length: when there are no more bytes, none are taken.
    } while (result > 0 && bytesSent < bytes.length)
  }

  /**
   * Sends a datagram to an address: how many bytes were taken.
   *
   * @throws {SocketError} as {@link send}, `EDESTADDRREQ`, `EISCONN`; `EACCES` to broadcast without SO_BROADCAST
   */
  sendTo(data: string | Uint8Array, address: A, flags = 0): number {
    // First, because an address can run code of the caller's, which could take the bytes away.
    const encoded = encodeAddress(this.family, address)
    const bytes = checkData(data)
    const result = binding().sendTo(fdOf(this), bytes, checkInt(flags, 'flags'), encoded)
    return this.checkAt(result, 'sendto', address)
  }

  /**
   * Reads an option: a number, or with `length` the bytes that the system writes, at most as many. SO_ERROR is an errno of
   * `os.constants` on every system.
   *
   * @throws {SocketError} `ENOPROTOOPT` when there is no such option, see getsockopt(2)
   */
  getSockOpt(level: number, option: number): number
  getSockOpt(level: number, option: number, length: number): Buffer
  getSockOpt(level: number, option: number, length?: number): number | Buffer {
    const value = newOption(length)
    checkInt(level, 'level')
    const size = this.check(binding().getOption(fdOf(this), level, checkInt(option, 'option'), value), 'getsockopt')
    if (length !== undefined) return value.subarray(0, size)
    const number = decodeOption(value)
    return level === SOL_SOCKET && option === SO_ERROR ? errnoOf(0 - number) : number
  }

  /**
   * Sets an option to a number, to 0 or 1 for a boolean, or to bytes such as SO_LINGER's two numbers.
   *
   * @throws {SocketError} `ENOPROTOOPT` when there is no such option, `EINVAL`, `EPERM`, see setsockopt(2)
   */
  setSockOpt(level: number, option: number, value: number | boolean | Uint8Array): void {
    const bytes = encodeOption(value)
    checkInt(level, 'level')
    this.check(binding().setOption(fdOf(this), level, checkInt(option, 'option'), bytes), 'setsockopt')
  }
}

function open(family: number, type: number, protocol: number): number {
  const fd = binding().socket(family, type, protocol)
  if (fd < 0) throw new SocketError(fd, 'socket', { culprit: `family ${family}, type ${type}, protocol ${protocol}` })
  return fd
}
