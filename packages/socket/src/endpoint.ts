import { decodeAddress, encodeAddress, newAddress } from './address.js'
import { checkInt } from './arguments.js'
import { binding } from './binding.js'
import { SHUT_RDWR, SOMAXCONN } from './constants.js'
import type { Address } from './families.js'
import { nameOfFamily, nameOfType } from './names.js'
import { fdOf, OpenFile } from './open-file.js'

/** The half of a socket that deals with addresses and connections. */
export abstract class Endpoint<A extends Address> extends OpenFile {
  /** `AF_*` */
  readonly family: number
  /** `SOCK_*`, without the flags that some systems allow beside it. */
  readonly type: number
  /** `IPPROTO_*`, or 0 for the one that fits. */
  readonly protocol: number
  protected override readonly kind = 'socket'

  protected constructor(family: number, type: number, protocol: number, fd: number) {
    super(fd)
    this.family = family
    this.type = type & SOCK_TYPE_MASK
    this.protocol = protocol
  }

  /**
   * Gives the socket an address of this machine. `''` is any address, port 0 a free port.
   *
   * @throws {ArgumentError} when `address` is not one of this family
   * @throws {SocketError} `EADDRINUSE`, `EADDRNOTAVAIL`, `EACCES`, `EINVAL` (bound already), see bind(2)
   */
  bind(address: A): void {
    const bytes = encodeAddress(this.family, address)
    this.checkAt(binding().bind(fdOf(this), bytes), 'bind', address)
  }

  /**
   * Makes the socket accept connections.
   *
   * @param backlog how many connections may wait to be accepted; by default the system's SOMAXCONN, at most 128
   * @throws {SocketError} `ENOTSUP` unless it is a stream socket, `EADDRINUSE`, see listen(2)
   */
  listen(backlog: number = Math.min(SOMAXCONN, 128)): void {
    this.check(binding().listen(fdOf(this), checkInt(backlog, 'backlog')), 'listen')
  }

  /**
   * Connects to an address; a datagram socket only remembers it.
   *
   * @throws {SocketError} `ECONNREFUSED`, `ETIMEDOUT`, `EISCONN`, `ENOENT` (no such path) and others of connect(2);
   *   `EINPROGRESS` when non-blocking: the socket becomes writable at the end, and SO_ERROR says how it ended; `EAGAIN` on
   *   Linux when the backlog of a UNIX listener is full, non-blocking or after SO_SNDTIMEO: call it again later
   * @throws {SocketError} `EAI_NONAME` and the like when the host is not found; the look-up blocks in any case
   */
  connect(address: A): void {
    this.checkAt(0 - this.connectEx(address), 'connect', address)
  }

  /**
   * Connects like {@link connect}, but returns 0 or, when the system call fails, a positive errno.
   *
   * @throws {ArgumentError} when `address` is not one of this family
   * @throws {SocketError} when the host is not found
   */
  connectEx(address: A): number {
    const encoded = encodeAddress(this.family, address)
    return this.errno(binding().connect(fdOf(this), encoded))
  }

  /**
   * Ends one direction of a connection or both; the socket stays open.
   *
   * @param how `SHUT_RD`, `SHUT_WR` or `SHUT_RDWR`
   * @throws {SocketError} `ENOTCONN`
   */
  shutdown(how: number): void {
    this.check(binding().shutdown(fdOf(this), checkInt(how, 'how', 0, SHUT_RDWR)), 'shutdown')
  }

  /** The socket's own address. */
  getSockName(): A {
    const address = newAddress()
    this.check(binding().getSockName(fdOf(this), address), 'getsockname')
    return decodeAddress(this.family, address) as A
  }

  /**
   * The address of the other end.
   *
   * @throws {SocketError} `ENOTCONN`
   */
  getPeerName(): A {
    const address = newAddress()
    this.check(binding().getPeerName(fdOf(this), address), 'getpeername')
    return decodeAddress(this.family, address) as A
  }

  protected override describe(): readonly [string, object] {
    const names = { family: nameOfFamily(this.family), type: nameOfType(this.type) }
    if (fdOf(this) < 0) return ['Socket', names]
    return ['Socket', { ...names, local: this.#name('getSockName'), peer: this.#name('getPeerName') }]
  }

  /** An address to show: `undefined` when there is none. */
  #name(which: 'getSockName' | 'getPeerName'): A | undefined {
    const address = newAddress()
    return binding()[which](fdOf(this), address) < 0 ? undefined : (decodeAddress(this.family, address) as A)
  }

  /** A result that is not a failure, of a call that was given an address. */
  protected checkAt(result: number, syscall: string, address: A): number {
    if (result < 0) throw this.failure(result, syscall, { address })
    return result
  }
}

/** Linux lets SOCK_NONBLOCK and SOCK_CLOEXEC be added to a type; no type itself is above 15. */
const SOCK_TYPE_MASK = 0xf
