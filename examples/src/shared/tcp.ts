// What every TCP program does with its sockets, said once. All sockets here are non-blocking: a program that waits in
// select() waits nowhere else.
import { constants } from 'node:os'
import { getSystemErrorName, inspect } from 'node:util'
import { type Address, AF_INET, SO_ERROR, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, Socket } from '@selectors/socket'
import { fail } from './options.js'
import { holdSpare, isShortage, turnAway } from './spare.js'

/** This machine only. `nc localhost` tries `::1` first where that is what localhost means, and then this. */
export const HOST = '127.0.0.1'

/** Opens a socket that accepts connections, and says where. Port 0 is any free one. */
export function listen(port: number, title = 'listening'): Socket {
  const listener = new Socket(AF_INET, SOCK_STREAM)
  listener.setBlocking(false)
  try {
    // Before bind(), or it does nothing: the port of a server that has just ended stays in use for a minute.
    listener.setSockOpt(SOL_SOCKET, SO_REUSEADDR, true)
    listener.bind([HOST, port])
    listener.listen()
  } catch (error) {
    fail(error)
  }
  holdSpare()
  console.log(`${title} on ${nameOf(listener.getSockName())}`)
  return listener
}

/**
 * Welcomes the next connection, if there is one: it may have been given up before its turn, and it is turned away when no
 * descriptor is left for it. What is accepted may be lost already, so ask accept() who it is: getPeerName() does not know any more.
 */
export function accept(listener: Socket, welcome: (connection: Socket, peer: string) => void): void {
  const [connection, address] = unless(['EAGAIN', 'ECONNABORTED'], () => tryAccept(listener)) ?? []
  if (connection === undefined || address === undefined) return
  connection.setBlocking(false)
  welcome(connection, nameOf(address))
}

function tryAccept(listener: Socket): [Socket, Address] | undefined {
  try {
    return listener.accept()
  } catch (error) {
    if (!isShortage(error)) throw error
    turnAway(listener)
    return undefined
  }
}

/** Starts to connect: once the socket is writable, {@link finishConnecting} knows how it went. */
export function startConnecting(port: number): Socket {
  const socket = new Socket(AF_INET, SOCK_STREAM)
  socket.setBlocking(false)
  checkConnected(socket.connectEx([HOST, port]), port)
  return socket
}

/** Ends the program unless the connection is made. Writable alone proves nothing: a refused socket is writable, too. */
export function finishConnecting(socket: Socket, port: number): void {
  checkConnected(socket.getSockOpt(SOL_SOCKET, SO_ERROR), port)
}

function checkConnected(errno: number, port: number): void {
  if (errno === 0 || errno === constants.errno.EINPROGRESS) return
  fail(`cannot connect to ${HOST}:${port}: ${getSystemErrorName(-errno)}`)
}

const LOST = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']

/** Receives what is there: `undefined` when it is nothing yet, empty at the end, also when the connection is lost. */
export function receive(connection: Socket, size = 4096): Buffer | undefined {
  return unlessBlocked(() => unless(LOST, () => connection.recv(size)) ?? Buffer.alloc(0))
}

/** Sends what fits and returns the rest: nothing if the connection is lost, which {@link receive} will report. */
export function send(connection: Socket, data: Buffer): Buffer {
  return trySend(connection, data) ?? data.subarray(data.length)
}

/** Sends what fits and returns the rest; `undefined` if the connection is lost. */
export function trySend(connection: Socket, data: Buffer): Buffer | undefined {
  const sent = unless(LOST, () => unlessBlocked(() => connection.send(data)) ?? 0)
  return sent === undefined ? undefined : data.subarray(sent)
}

/** What a call returns, `undefined` if it would have to wait: what was ready may not be ready any more. */
export function unlessBlocked<T>(call: () => T): T | undefined {
  return unless(['EAGAIN'], call)
}

/** What a call returns, `undefined` if it fails with one of these codes. */
function unless<T>(codes: readonly string[], call: () => T): T | undefined {
  try {
    return call()
  } catch (error) {
    if (codes.includes(String((error as NodeJS.ErrnoException).code))) return undefined
    throw error
  }
}

/** Bytes to show: quoted, and not too many. */
export function quoted(data: Buffer): string {
  return inspect(data.toString(), { maxStringLength: 60 })
}

/** An address to show, `127.0.0.1:1234`. */
export function nameOf(address: Address): string {
  return [address].flat().join(':')
}
