// Sockets as asynchronous streams. Each call waits its turn in the event loop, so that a fast connection does not hold up the
// others.
import { waitReadable, waitWritable } from '@selectors/default'
import type { Socket } from '@selectors/socket'
import { receive, trySend } from './tcp.js'

/** How much is taken at a time, in bytes. */
const PIECE = 65536

/** Reads what comes next; empty at the end, also when the connection is lost, `undefined` when nothing comes in time. */
export async function read(socket: Socket, timeout?: number): Promise<Buffer | undefined> {
  for (;;) {
    if (!(await waitReadable(socket, { timeout }))) return undefined
    const data = receive(socket, PIECE)
    if (data !== undefined) return data
  }
}

/** Writes everything, as fast as the other end reads it; returns whether the connection is still there. */
export async function write(socket: Socket, data: Buffer): Promise<boolean> {
  let rest = trySend(socket, data)
  while (rest !== undefined && rest.length > 0) {
    await waitWritable(socket)
    rest = trySend(socket, rest)
  }
  return rest !== undefined
}
