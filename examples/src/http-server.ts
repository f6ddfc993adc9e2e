// An HTTP/1.1 server of files: keep-alive, HEAD, parts of files, and only as much of a file in memory as the client reads.
//
//     node dist/http-server.js --port 8080 --root .
//     curl -i localhost:8080/README.md
//     wrk -c 64 -d 5 http://127.0.0.1:8080/README.md
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { DefaultSelector, EVENT_READ } from '@selectors/default'
import { IPPROTO_TCP, type Socket, TCP_NODELAY } from '@selectors/socket'
import { headOf, type Request, rangeOf, requests } from './shared/http.js'
import { options } from './shared/options.js'
import { isShortage } from './shared/spare.js'
import { write } from './shared/streams.js'
import { accept, listen } from './shared/tcp.js'

/** How much of a file is read at a time, in bytes. */
const PIECE = 65536
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}

const { port, root: directory } = options({ port: 8080, root: '.' })
const root = await realpath(directory)
const selector = new DefaultSelector<undefined, Socket>()
selector.register(listen(port), EVENT_READ)
for await (const [{ fileobj: listener }] of selector) accept(listener, serve)

async function serve(socket: Socket): Promise<void> {
  try {
    socket.setSockOpt(IPPROTO_TCP, TCP_NODELAY, true)
    for await (const request of requests(socket)) {
      const answered = request ? await answer(socket, request) : await refuse(socket, 400, { Connection: 'close' })
      if (!answered || !request?.keepAlive) break
    }
  } catch (error) {
    // This ends only the one connection.
    console.error(`a connection failed: ${error}`)
  } finally {
    socket.close()
  }
}

/** Returns whether the connection is still there. */
async function answer(socket: Socket, request: Request): Promise<boolean> {
  const { method, path } = request
  const connection = { Connection: request.keepAlive ? 'keep-alive' : 'close' }
  if (method !== 'GET' && method !== 'HEAD') return refuse(socket, 405, { Allow: 'GET, HEAD', ...connection })
  const file = path === undefined ? undefined : await find(path)
  if (file === 'busy') return refuse(socket, 503, { 'Retry-After': '1', ...connection }, method === 'HEAD')
  if (file === undefined) return refuse(socket, 404, connection, method === 'HEAD')
  try {
    return await send(socket, request, file, { ...connection, 'Content-Type': typeOf(file.path) })
  } finally {
    await file.handle.close()
  }
}

interface Found {
  readonly path: string
  readonly handle: FileHandle
  readonly size: number
}

/**
 * Opens a file below the root, or the index of a directory: nothing else, wherever `..` and symbolic links lead. It is `'busy'`
 * when no descriptor is left for it.
 */
async function find(path: string): Promise<Found | 'busy' | undefined> {
  try {
    const real = await realpath(join(root, path.endsWith('/') ? `${path}index.html` : path))
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined
    const handle = await open(real)
    const stats = await handle.stat()
    if (stats.isFile()) return { path: real, handle, size: stats.size }
    await handle.close()
    return undefined
  } catch (error) {
    return isShortage(error) ? 'busy' : undefined
  }
}

async function send(socket: Socket, request: Request, file: Found, headers: Record<string, string>): Promise<boolean> {
  const range = rangeOf(request.headers.get('range'), file.size)
  if (range === undefined) return refuse(socket, 416, { ...headers, 'Content-Range': `bytes */${file.size}` })
  const [start, end, part] = range
  const head = headOf(part ? 206 : 200, {
    ...headers,
    'Accept-Ranges': 'bytes',
    'Content-Length': end - start,
    ...(part && { 'Content-Range': `bytes ${start}-${end - 1}/${file.size}` }),
  })
  return request.method === 'HEAD' ? write(socket, head) : sendFile(socket, head, file.handle, start, end)
}

/** The next piece is read once the system has taken the one before. */
async function sendFile(
  socket: Socket,
  head: Buffer,
  handle: FileHandle,
  start: number,
  end: number,
): Promise<boolean> {
  const room = Buffer.alloc(Math.min(PIECE, end - start))
  let unsent = head
  for (let position = start; position < end; ) {
    const { bytesRead } = await handle.read(room, 0, Math.min(room.length, end - position), position)
    position += bytesRead
    // The file has become shorter than was promised: that shows only by the end of the connection.
    const sent = await write(socket, Buffer.concat([unsent, room.subarray(0, bytesRead)]))
    if (!sent || bytesRead === 0) return false
    unsent = Buffer.alloc(0)
  }
  return unsent.length === 0 || write(socket, unsent)
}

async function refuse(
  socket: Socket,
  status: number,
  headers: Record<string, string>,
  headOnly = false,
): Promise<boolean> {
  const body = Buffer.from(`${status}\n`)
  const head = headOf(status, { ...headers, 'Content-Type': TYPES['.txt'] as string, 'Content-Length': body.length })
  return write(socket, headOnly ? head : Buffer.concat([head, body]))
}

function typeOf(path: string): string {
  return TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream'
}
