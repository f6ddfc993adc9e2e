// A TCP proxy: every connection is passed on to another port, in both directions at once, and nothing is kept that the other
// side does not take. At the end of a connection it says how much went through, and the checksums.
//
//     node dist/tcp-proxy.js --port 1235 --target-port 1234
//     nc localhost 1235          (with any server behind it)
//
// Each direction is a plain loop that waits for one descriptor at a time; the event loop does the rest.
import { createHash } from 'node:crypto'
import { constants } from 'node:os'
import { getSystemErrorName } from 'node:util'
import { DefaultSelector, EVENT_READ, waitWritable } from '@selectors/default'
import { AF_INET, SHUT_WR, SO_ERROR, SOCK_STREAM, SOL_SOCKET, Socket, SocketError } from '@selectors/socket'
import { options } from './shared/options.js'
import { isShortage } from './shared/spare.js'
import { read, write } from './shared/streams.js'
import { accept, HOST, listen } from './shared/tcp.js'

const { port, 'target-port': targetPort } = options({ port: 1235, 'target-port': 1234 })
const selector = new DefaultSelector<undefined, Socket>()
selector.register(listen(port), EVENT_READ)
for await (const [{ fileobj: listener }] of selector) accept(listener, passOn)

async function passOn(client: Socket, peer: string): Promise<void> {
  const target = openTarget()
  if (target === undefined) {
    console.error(`${peer}: no descriptor is left to connect with`)
    return client.close()
  }
  try {
    const errno = await connect(target)
    if (errno === 0) {
      const [up, down] = await Promise.all([pump(client, target), pump(target, client)])
      console.log(`${peer}: up ${up}, down ${down}`)
    } else {
      console.log(`${peer}: cannot connect to port ${targetPort}: ${getSystemErrorName(-errno)}`)
    }
  } catch (error) {
    // The end of this connection, and of no other.
    console.error(`${peer}: ${error}`)
  } finally {
    client.close()
    target.close()
  }
}

/** Opens the socket of the other side; `undefined` when no descriptor is left. */
function openTarget(): Socket | undefined {
  try {
    return new Socket(AF_INET, SOCK_STREAM)
  } catch (error) {
    if (isShortage(error)) return undefined
    throw error
  }
}

/** Returns 0, or a positive errno. */
async function connect(target: Socket): Promise<number> {
  target.setBlocking(false)
  const errno = target.connectEx([HOST, targetPort])
  if (errno !== constants.errno.EINPROGRESS) return errno
  await waitWritable(target)
  return target.getSockOpt(SOL_SOCKET, SO_ERROR)
}

/** Passes on what comes in, until it ends, and then the end; returns what it was. */
async function pump(from: Socket, to: Socket): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  for (let data = await read(from); data !== undefined && data.length > 0; data = await read(from)) {
    hash.update(data)
    bytes += data.length
    if (!(await write(to, data))) break
  }
  try {
    to.shutdown(SHUT_WR)
  } catch (error) {
    // The other side is gone already, and ENOTCONN says so.
    if (!(error instanceof SocketError)) throw error
  }
  return `${bytes} bytes ${hash.digest('hex').slice(0, 16)}`
}
