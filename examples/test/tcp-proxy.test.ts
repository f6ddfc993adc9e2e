import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { Peer, serve, unusedPort } from './peer.ts'
import { backends, Program } from './program.ts'

const PIECE = Buffer.alloc(65536, 'selectors ')

/** Sends so many bytes, and the end; numbers the pieces, so that none can be taken for another. */
function send(socket: Socket, bytes: number): void {
  const piece = Buffer.from(PIECE)
  let sent = 0
  const more = () => {
    while (sent < bytes) {
      piece.writeUInt32LE(sent)
      const part = Buffer.from(piece.subarray(0, Math.min(piece.length, bytes - sent)))
      sent += part.length
      if (!socket.write(part)) return socket.once('drain', more)
    }
    socket.end()
  }
  more()
}

/** What arrives until the end, in the words of the proxy. */
async function receive(socket: Socket): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  socket.on('data', (data) => {
    hash.update(data)
    bytes += data.length
  })
  await once(socket, 'end')
  return `${bytes} bytes ${hash.digest('hex').slice(0, 16)}`
}

it.each(backends)('carries 20 MB both ways at once, on %s', async (backend) => {
  const bytes = 20_000_000
  let arrived: Promise<string> | undefined
  const target = await serve((socket) => {
    arrived = receive(socket)
    send(socket, bytes - 1)
  }, true)
  const proxy = new Program('tcp-proxy', ['--port', 0, '--target-port', target], { backend })
  const client = connect({ port: await proxy.port(), host: '127.0.0.1', allowHalfOpen: true })
  const returned = receive(client)
  send(client, bytes)
  const [, up, down] = await proxy.line(/^127\.0\.0\.1:\d+: up (.*), down (.*)$/)
  expect(up).toBe(await arrived)
  expect(down).toBe(await returned)
  expect([up?.split(' ')[0], down?.split(' ')[0]]).toEqual([String(bytes), String(bytes - 1)])
  expect(proxy.memory()).toBeLessThan(200)
})

it('keeps nothing that is not taken, and holds up nobody else', async () => {
  const target = await serve((socket) =>
    socket.once('data', (data) => (String(data).startsWith('deaf') ? socket.pause() : socket.end(data))),
  )
  const proxy = new Program('tcp-proxy', ['--port', 0, '--target-port', target])
  const port = await proxy.port()
  const deaf = await Peer.connect(port)
  await deaf.send('deaf')
  const before = proxy.memory()
  let sent = 0
  for (let taken: unknown = true; taken; sent += PIECE.length) {
    taken = await Promise.race([deaf.send(PIECE.toString()).then(() => true), setTimeout(300)])
    expect(sent).toBeLessThan(64 * 1024 * 1024)
  }
  const other = await Peer.connect(port)
  await other.send('hello')
  await other.hear('hello')
  expect(proxy.memory() - before).toBeLessThan(32)
})

it('passes on the end of one direction, and goes on with the other', async () => {
  const target = await serve((socket) => {
    socket.resume().once('end', () => socket.end('that was all'))
  }, true)
  const proxy = new Program('tcp-proxy', ['--port', 0, '--target-port', target])
  const client = await Peer.connect(await proxy.port())
  await client.send('question')
  client.socket.end()
  await client.hear('that was all')
  await client.ended
  await proxy.line(/: up 8 bytes \w+, down 12 bytes \w+$/)
})

it('survives both sides breaking off, and a target that is not there', async () => {
  let breakOff = true
  const target = await serve((socket) => {
    if (breakOff) socket.resetAndDestroy()
    else socket.pipe(socket)
  })
  const proxy = new Program('tcp-proxy', ['--port', 0, '--target-port', target])
  const port = await proxy.port()
  const cutOff = await Peer.connect(port)
  await cutOff.ended
  breakOff = false
  for (let i = 0; i < 5; i++) {
    const hasty = await Peer.connect(port)
    hasty.socket.write(PIECE)
    hasty.socket.resetAndDestroy()
  }
  const polite = await Peer.connect(port)
  await polite.send('hello')
  await polite.hear('hello')
  expect(proxy.errors).toBe('')

  const lost = new Program('tcp-proxy', ['--port', 0, '--target-port', await unusedPort()])
  const client = await Peer.connect(await lost.port())
  await client.ended
  await lost.line(/cannot connect to port \d+: ECONNREFUSED$/)
})
