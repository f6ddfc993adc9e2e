import { constants } from 'node:os'
import { getSystemErrorMap, types } from 'node:util'
import type { Address } from './families.js'

/** An argument has the wrong type or value; the message names it. A `TypeError` with a stable `code`. */
export class ArgumentError extends TypeError {
  override readonly name = 'ArgumentError'
  readonly code = 'ERR_SOCKET_ARGUMENT'
}

/** The binding cannot be loaded. The message says why and what to do, `cause` has what was thrown. */
export class BindingError extends Error {
  override readonly name = 'BindingError'
  readonly code = 'ERR_SOCKET_BINDING'
}

/** What is known about a failed call besides its number. */
export interface Failure {
  /** What the call was made on, such as `fd 7`. */
  readonly culprit?: string
  /** The address that was bound, connected or sent to, or the host that was looked up. */
  readonly address?: Address | undefined
  /** How many bytes `sendAll()` had sent before it failed. */
  readonly bytesSent?: number | undefined
}

/** The operating system refused a call. Shaped like the errors of Node itself. */
export class SocketError extends Error {
  override readonly name = 'SocketError'
  /** The error's name, such as `ECONNREFUSED`, see errno(3); `EAI_NONAME` and the like when no host name was found. */
  readonly code: string
  /** The error's number, negative, as in Node's own system errors. */
  readonly errno: number
  /** The system call that failed, such as `connect`. */
  readonly syscall: string
  /** The address that was bound, connected or sent to. */
  declare readonly address?: Address
  /** How many bytes `sendAll()` had sent before it failed. */
  declare readonly bytesSent?: number

  /** @param errno a negative errno or number of Winsock's, or libuv's number of a failed name look-up */
  constructor(errno: number, syscall: string, { culprit, address, bytesSent }: Failure = {}) {
    const { number, code, description } = describe(errno)
    const where = address === undefined ? culprit : [culprit, formatAddress(address)].filter(Boolean).join(', ')
    super(
      [`${code}: ${description}, ${syscall}`, where, remedies[`${code} ${syscall}`] ?? remedies[code]]
        .filter(Boolean)
        .join(': '),
    )
    this.code = code
    this.errno = number
    this.syscall = syscall
    if (address !== undefined) this.address = address
    if (bytesSent !== undefined) this.bytesSent = bytesSent
  }
}

/** An address as people write it: `127.0.0.1:80`, `[::1]:80`, `/run/echo`, `@abstract`; bytes as `<10 00 00 00>`. */
export function formatAddress(address: Address): string {
  if (types.isUint8Array(address)) return `<${(Buffer.from(address).toString('hex').match(/../g) ?? []).join(' ')}>`
  if (typeof address === 'string') return address.startsWith('\0') ? `@${address.slice(1)}` : address
  const [host, port] = address
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** What to do about an error, of any call or of a certain one. */
const remedies: { readonly [codeAndCall: string]: string | undefined } = {
  EACCES: 'the user may not do this, see the permissions of the path or take a port above 1023',
  EADDRINUSE: 'take another address or, after a restart of the same server, set SO_REUSEADDR before bind()',
  EADDRNOTAVAIL: 'this machine has no such address, or no port is left',
  EAGAIN: 'it would block, wait until the descriptor is ready',
  // Linux. Nothing goes on in the background and no event says when there is room.
  'EAGAIN connect': 'the listener has no room for another connection, or no port is left; call connect() again later',
  ECONNREFUSED: 'nobody listens there',
  EINPROGRESS: 'wait until the socket is writable and read SO_ERROR',
  EMFILE: 'no descriptor is left, close some or allow more (ulimit -n)',
  ENFILE: 'no open file is left on this machine',
  ENOTCONN: 'connect() it first',
  ENOTSOCK: 'it is not a socket',
  EPIPE: 'the other end no longer reads',
  EAI_AGAIN: 'no name server replied, try again later',
  EAI_NONAME: 'the host has no address of this family',
}

/** What Node has no words for. */
const descriptions: { readonly [code: string]: string | undefined } = {
  EINPROGRESS: 'operation now in progress',
}

/** The usual names of the system's errors, by negative number: Windows numbers those of its sockets beside its others. */
const names = new Map(Object.entries(constants.errno).map(([name, number]) => [-number, name.replace(/^WSA/, '')]))

// Node builds the map each time it is asked for, which takes four times as long as the rest of an error.
let systemErrors: ReturnType<typeof getSystemErrorMap> | undefined

/** A failed call's number as `os.constants.errno` has it under the usual name; 0 for a call that succeeded. */
export function errnoOf(result: number): number {
  return (constants.errno as Record<string, number>)[names.get(result) ?? ''] ?? 0 - result
}

function describe(errno: number): { number: number; code: string; description: string } {
  systemErrors ??= getSystemErrorMap()
  const name = names.get(errno) ?? `E${-errno}`
  // On Windows, Node's own errors have numbers of libuv's.
  const number = systemErrors.has(errno) ? errno : [...systemErrors].find(([, [other]]) => other === name)?.[0]
  const [code, description] = systemErrors.get(number ?? errno) ?? [name, descriptions[name] ?? 'system error']
  return { number: number ?? errno, code, description }
}
