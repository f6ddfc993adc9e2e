import { Peer } from './peer.ts'
import { backends, Program } from './program.ts'

describe.each(backends)('on %s', (backend) => {
  let server: Program
  let port: number
  let started: number

  beforeEach(async () => {
    started = performance.now()
    server = new Program('timed-events', ['--port', 0, '--period', 0.05], { backend })
    port = await server.port()
  })

  it('works at each timeout, with clients or without', async () => {
    await server.line(/^tick 1: 0 clients, total 0$/)
    await server.line(/^tick 2: 0 clients, total 0$/)
    const clients = [await Peer.connect(port), await Peer.connect(port)] as const
    await clients[0].send('1\n20')
    await clients[1].send('300\r\n')
    await server.line(/: 2 clients, total 301$/)
    await clients[0].send('00\n')
    await server.line(/: 2 clients, total 2301$/)
    clients[0].socket.end('40000')
    await server.line(/: 1 clients, total 42301$/)
    clients[1].socket.resetAndDestroy()
    await server.line(/: 0 clients, total 42301$/)
  })

  it('keeps time while clients keep it busy', async () => {
    const client = await Peer.connect(port)
    const timer = setInterval(() => client.socket.write('1\n'), 1)
    try {
      await server.line(/^tick 12: 1 clients/)
      expect(performance.now() - started).toBeGreaterThan(12 * 50)
    } finally {
      clearInterval(timer)
    }
  })

  it('reports and unregisters whoever makes its callback throw, and goes on', async () => {
    const good = await Peer.connect(port)
    const bad = await Peer.connect(port)
    await server.line(/: 2 clients/)
    const { localPort } = bad.socket
    await bad.send('one\n')
    await bad.ended
    await good.send('1\n')
    await server.line(/: 1 clients, total 1$/)
    expect(server.errors).toMatch(/^the callback of Socket \{ fd: .* \} failed: Error: 'one' is not a number\n$/)
    expect(server.errors).toContain(`peer: [ '127.0.0.1', ${localPort} ]`)
  })
})
