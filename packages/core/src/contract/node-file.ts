import type { Socket as DatagramSocket } from 'node:dgram'
import type { Server } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { inspect } from 'node:util'
import { ValueError } from './errors.js'
import { className, name } from './file-object.js'
import { type ShowOptions, show, showPlainly, word } from './showing.js'

/**
 * What Node keeps a descriptor for: `net.Socket`, `net.Server`, `dgram.Socket`, the pipes of a child process and the standard
 * streams. The types of the latter say only that they are streams.
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
   * Returns the descriptor that the object has now; -1 if it is not open yet, or closed.
   *
   * @throws {ValueError} if it is open and the runtime does not tell
   */
  fileno(): number {
    return descriptorOf(this.object)
  }

  /** Shows which object it stands for, and its descriptor, in `console.log()`. */
  [inspect.custom](depth: number, options: ShowOptions): string {
    const { object } = this
    if (object === undefined) return showPlainly(this, options)
    return show(
      this,
      'NodeFile',
      { fd: shownDescriptorOf(object), object: word(`[${className(object)}]`) },
      depth,
      options,
    )
  }
}

const files = new WeakMap<NodeObject, NodeFile>()

/**
 * Makes a file object of one of Node's objects, to be registered: always the same one, so that it can be unregistered after the
 * object was closed. The descriptor is asked for each time, and nothing is done to it: it stays non-blocking, as Node opens
 * them, so a read may fail with EAGAIN.
 *
 * Best effort, because Node has no documented way to ask: its `_handle.fd` has been there since its beginnings. Node and Bun
 * tell the descriptors of sockets and servers, Node and Deno those of a child's pipes, all of them that of `process.stdin`;
 * Windows has none. An object without one yet (not connected, listening or bound) can be registered later. In a worker of
 * `node:cluster` a server has none, because the primary listens for it, unless `cluster.schedulingPolicy` is `SCHED_NONE`.
 *
 * **Node goes on reading by itself.** What it has read is in its own buffers, lost to code that reads from the descriptor, and not
 * waited for: `child.stdout` is never ready, because Node reads from it as soon as the child is spawned. For a child's
 * output, give the child a `pipe()` of `@selectors/socket` instead: `stdio: ['ignore', writer.fileno(), 'inherit']`. From a socket,
 * Node does not read if its server has `pauseOnConnect` or if it was `pause()`d before connecting, nor from `process.stdin` if nothing
 * else touches that. Waiting for writing is always possible. Under TLS the descriptor has what is encrypted.
 *
 * @throws {ValueError} if it is no such object, or the runtime does not tell its descriptor
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
  throw new ValueError(isInPrimary(object) ? inPrimary : unknownTo(object))
}

function unknownTo(object: NodeObject): string {
  return (
    `${name(object)} does not tell its descriptor on ${runtime()}: expected a net.Socket, a net.Server, a dgram.Socket, ` +
    'a pipe of a child process or process.stdin'
  )
}

const inPrimary =
  'A server in a worker of node:cluster has no descriptor, because the primary listens for it: ' +
  'set cluster.schedulingPolicy = cluster.SCHED_NONE there, before the first fork()'

/** Only looks at what is there: no accessor of anybody's is called, except that of Node's handle. */
function shownDescriptorOf(object: NodeObject): unknown {
  const state = stateOf(object)
  const handle = state === undefined ? shownHandleOf(object) : Object(ownValue(object, state)).handle
  if (handle === null) return -1
  return handle === undefined ? ownValue(object, 'fd') : Object(handle).fd
}

/** A `net.Socket` of Node's inherits an accessor. */
function shownHandleOf(object: NodeObject): unknown {
  const { Socket } = require('node:net') as typeof import('node:net')
  const inherited = object instanceof Socket && Object.getOwnPropertyDescriptor(Socket.prototype, '_handle')?.get
  return Object.hasOwn(object, '_handle') || !inherited ? ownValue(object, '_handle') : inherited.call(object)
}

function ownValue(object: object, key: PropertyKey): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value
}

/** Loaded on demand: few programs use clusters, and loading takes time. */
function isInPrimary(object: NodeObject): boolean {
  const { Server } = require('node:net') as typeof import('node:net')
  return object instanceof Server && (require('node:cluster') as typeof import('node:cluster').default).isWorker
}

function handleOf(object: { _handle?: Handle; [state: symbol]: { handle?: Handle } | undefined }): Handle {
  const state = stateOf(object)
  return state === undefined ? object._handle : object[state]?.handle
}

/** Finds where a socket of node:dgram keeps its handle. It warns when its _handle is looked at: DEP0112. */
function stateOf(object: object): symbol | undefined {
  return Object.getOwnPropertySymbols(object).find(({ description }) => description === 'state symbol')
}

function runtime(): string {
  const { bun, deno } = process.versions
  return bun !== undefined ? 'Bun' : deno !== undefined ? 'Deno' : `Node.js for ${process.platform}`
}
