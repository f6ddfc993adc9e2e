import { type BindingSource, LoadFailure, loadBinding } from '@selectors/core/binding'
import { BindingError, SocketError } from './errors.js'

/**
 * The native functions. Each returns a result or a negative errno and throws nothing; a socket's blocking calls wait
 * inside. An `address` is `addressSize` bytes that only the binding understands.
 */
export interface Binding {
  readonly addressSize: number
  socket(family: number, type: number, protocol: number): number
  pair(family: number, type: number, protocol: number, fds: Int32Array): number
  pipe(fds: Int32Array): number
  dup(fd: number): number
  /** Makes an object the owner of a descriptor, which is closed at the latest when the object is collected. */
  own(owner: object, fd: number): number
  close(owner: object): number
  release(owner: object): number
  getBlocking(fd: number): number
  setBlocking(fd: number, blocking: number): number
  identify(fd: number, familyTypeProtocol: Int32Array): number
  bind(fd: number, address: Uint8Array): number
  listen(fd: number, backlog: number): number
  accept(fd: number, address: Uint8Array): number
  connect(fd: number, address: Uint8Array): number
  recv(fd: number, buffer: Uint8Array, flags: number): number
  recvFrom(fd: number, buffer: Uint8Array, flags: number, address: Uint8Array): number
  send(fd: number, data: Uint8Array, flags: number): number
  sendTo(fd: number, data: Uint8Array, flags: number, address: Uint8Array): number
  read(fd: number, buffer: Uint8Array): number
  write(fd: number, data: Uint8Array): number
  shutdown(fd: number, how: number): number
  getOption(fd: number, level: number, option: number, value: Uint8Array): number
  setOption(fd: number, level: number, option: number, value: Uint8Array): number
  getSockName(fd: number, address: Uint8Array): number
  getPeerName(fd: number, address: Uint8Array): number
  makeInet(address: Uint8Array, family: number, host: string, port: number, flowinfo: number, scopeId: number): number
  makeUnix(address: Uint8Array, path: string): number
  makeRaw(address: Uint8Array, family: number, bytes: Uint8Array): number
  readAddress(address: Uint8Array, familyPortFlowinfoScope: Int32Array): string
  /** Copies the system's form of an address: how many bytes it has. */
  copyRaw(address: Uint8Array, bytes: Uint8Array): number
}

const source: BindingSource = {
  package: '@selectors/socket',
  // Raised together with `kInterface` of native/socket.cc, whenever a binding that was built before does not fit any more.
  version: 1,
  directory() {
    return `${__dirname}/../native`
  },
}

let loaded: Binding | undefined

/**
 * The binding, loaded at its first use.
 *
 * @throws {BindingError} when it cannot be loaded, which says why and what to do
 * @throws {SocketError} EMFILE or ENFILE when no descriptor is left to load it with
 */
export function binding(): Binding {
  // No newer syntax in this file: @vercel/ncc (0.45) would not read it, and would not follow where the binding is.
  if (loaded === undefined) loaded = load()
  return loaded
}

function load(): Binding {
  try {
    return loadBinding(source) as Binding
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error
    const { message, cause, errno } = error
    if (errno !== undefined) throw new SocketError(errno, 'open', { culprit: message })
    throw new BindingError(message, { cause })
  }
}
