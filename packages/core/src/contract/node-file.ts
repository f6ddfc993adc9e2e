import type { Socket as DatagramSocket } from 'node:dgram'
import type { Server } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { ValueError } from './errors.js'
import { name } from './file-object.js'

/**
 * What Node keeps a descriptor for: `net.Socket`, `net.Server`, `dgram.Socket`, the pipes of a child process and the standard
 * streams. The types of the latter say no more than that they are streams.
 */
export type NodeObject = Server | DatagramSocket | Readable | Writable

/** A file object that stands for one of Node's, see {@link nodeFile}. */
export class NodeFile<Of extends NodeObject = NodeObject> {
  /** What it stands for. */
  readonly object: Of

  constructor(object: Of) {
    this.object = object
  }

  /**
   * Answers the descriptor that the object has now; -1 while it is not open yet, and once it is closed.
   *
   * @throws {ValueError} when it is open and the runtime does not tell
   */
  fileno(): number {
    return descriptorOf(this.object)
  }
}

const files = new WeakMap<NodeObject, NodeFile>()

/**
 * Makes a file object of one of Node's objects, to be registered: always the same one, so that it can be unregistered after the
 * object was closed. The descriptor is asked for each time, and nothing is done to it: it stays non-blocking, as Node opens
 * them, so a read may answer EAGAIN.
 *
 * Best effort, because Node has no documented way to ask: its `_handle.fd` has been there since its beginnings. Node and Bun
 * tell the descriptors of sockets and servers, Node and Deno those of a child's pipes, all of them those of `process.stdin`;
 * Windows has none. An object without one yet (not connected, listening or bound) can be registered later.
 *
 * Node goes on reading by itself, and what it has read is not waited for any more. Wait for writing; or keep it from reading by
 * `pauseOnConnect` of a server, `pause()` before connecting and by not touching `process.stdin` otherwise. Under TLS the
 * descriptor has what is encrypted.
 *
 * @throws {ValueError} when it is no such object, or the runtime does not tell its descriptor
 */
export function nodeFile<Of extends NodeObject>(object: Of): NodeFile<Of> {
  const known = files.get(object)
  if (known !== undefined) return known as NodeFile<Of>
  descriptorOf(object)
  const file = new NodeFile(object)
  files.set(object, file)
  return file
}

/** What Node's objects keep to themselves: `null` when they are closed. */
type Handle = { readonly fd?: unknown } | null | undefined

function descriptorOf(object: NodeObject): number {
  const { fd } = Object(object) as { fd?: unknown }
  const handle = process.platform === 'win32' ? undefined : handleOf(Object(object))
  if (handle === null) return -1
  const number = typeof handle?.fd === 'number' ? handle.fd : fd
  if (typeof number === 'number') return Math.max(number, -1)
  throw new ValueError(
    `${name(object)} does not tell its descriptor on ${runtime()}: expected a net.Socket, a net.Server, a dgram.Socket, ` +
      'a pipe of a child process or process.stdin',
  )
}

function handleOf(object: { _handle?: Handle; [state: symbol]: { handle?: Handle } | undefined }): Handle {
  // A socket of node:dgram keeps it in its state, and warns when its _handle is looked at: DEP0112.
  const state = Object.getOwnPropertySymbols(object).find(({ description }) => description === 'state symbol')
  return state === undefined ? object._handle : object[state]?.handle
}

function runtime(): string {
  const { bun, deno } = process.versions
  return bun !== undefined ? 'Bun' : deno !== undefined ? 'Deno' : `Node.js for ${process.platform}`
}
