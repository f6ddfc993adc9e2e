import { setTimeout } from 'node:timers/promises'
import { Peer } from './peer.ts'
import { backends, Program } from './program.ts'

describe.each(backends)('on %s', (backend) => {
  it('echoes, and lets the event loop go on', async () => {
    const server = new Program('serve-forever', ['--port', 0, '--period', 0.02], { backend })
    const port = await server.port()
    const clients = await Promise.all(Array.from({ length: 10 }, () => Peer.connect(port)))
    await server.line(/^10 connections$/)
    await Promise.all(
      clients.map(async (client, number) => {
        await client.send(`hello from ${number}`)
        await client.hear(`hello from ${number}`)
        if (number % 2) client.socket.end()
        else client.socket.resetAndDestroy()
        await client.ended
      }),
    )
    await server.line(/^0 connections$/)
  })

  it('holds up only a client that does not read', async () => {
    const server = new Program('serve-forever', ['--port', 0], { backend })
    const port = await server.port()
    const deaf = await Peer.connect(port)
    deaf.socket.pause()
    let sent = ''
    for (let taken: unknown = true; taken; ) {
      const piece = `${sent.length} `.padEnd(65536, '.')
      sent += piece
      taken = await Promise.race([deaf.send(piece).then(() => true), setTimeout(300)])
      expect(sent.length).toBeLessThan(64 * 1024 * 1024)
    }
    const other = await Peer.connect(port)
    await other.send('hello')
    await other.hear('hello')
    deaf.socket.end()
    deaf.socket.resume()
    await deaf.ended
    expect(deaf.received === sent).toBe(true)
  })

  it('ends politely at Ctrl-C', async () => {
    const server = new Program('serve-forever', ['--port', 0], { backend })
    const client = await Peer.connect(await server.port())
    await client.send('hello')
    await client.hear('hello')
    server.kill('SIGINT')
    await client.ended
    expect(await server.exited).toBe(0)
    expect(server.lines.at(-1)).toBe('closed')
    expect(server.errors).toBe('')
  })
})
