import { setTimeout } from 'node:timers/promises'
import { Peer } from './peer.ts'
import { backends, Program } from './program.ts'

const servers = ['echo-server', 'echo-server-class']
const everywhere = servers.flatMap((server) => backends.map((backend) => [server, backend] as const))

it.each(everywhere)('%s echoes to several clients on %s', async (example, backend) => {
  const server = new Program(example, ['--port', 0], { backend })
  const port = await server.port()
  const clients = await Promise.all(Array.from({ length: 10 }, () => Peer.connect(port)))
  await Promise.all(
    clients.map(async (client, number) => {
      await client.send(`hello from ${number}\n`)
      await client.hear(`hello from ${number}\n`)
      client.socket.end('bye')
      await client.hear('bye')
      await client.ended
    }),
  )
  const accepted = fds(server, 'accepted')
  while (fds(server, 'closing').length < 10) await server.line(/^closing/)
  expect(fds(server, 'closing').sort()).toEqual(accepted.sort())
})

it.each(everywhere)('%s survives clients that reset the connection on %s', async (example, backend) => {
  const server = new Program(example, ['--port', 0], { backend })
  const port = await server.port()
  const polite = await Peer.connect(port)
  const rude = await Peer.connect(port)
  await rude.send('hello')
  await rude.hear('hello')
  rude.socket.resetAndDestroy()
  await server.line(/^closing/)
  // Not even read: the reset overtakes everything, sometimes accept() as well.
  for (let i = 0; i < 20; i++) {
    const hasty = await Peer.connect(port)
    hasty.socket.write('x'.repeat(100_000))
    hasty.socket.resetAndDestroy()
  }
  await polite.send('still there?')
  await polite.hear('still there?')
})

it.each(everywhere)('%s holds up only a client that does not read, on %s', async (example, backend) => {
  const server = new Program(example, ['--port', 0], { backend })
  const port = await server.port()
  const deaf = await Peer.connect(port)
  deaf.socket.pause()
  const before = server.memory()
  let sent = ''
  for (let taken: unknown = true; taken; ) {
    const piece = `${sent.length} `.padEnd(65536, '.')
    sent += piece
    taken = await Promise.race([deaf.send(piece).then(() => true), setTimeout(300)])
    // More than all buffers on the way can hold.
    expect(sent.length).toBeLessThan(64 * 1024 * 1024)
  }
  const other = await Peer.connect(port)
  await other.send('hello')
  await other.hear('hello')
  expect(server.memory() - before).toBeLessThan(32)

  deaf.socket.end()
  deaf.socket.resume()
  await deaf.ended
  expect(deaf.received === sent).toBe(true)
})

it.each(servers)('%s sleeps while nobody talks', async (example) => {
  const server = new Program(example, ['--port', 0])
  const port = await server.port()
  const client = await Peer.connect(port)
  await client.send('good night')
  await client.hear('good night')
  await Peer.connect(port)
  await server.line(/^accepted/)
  await server.line(/^accepted/)
  const before = server.cpuTime()
  await setTimeout(300)
  expect(server.cpuTime() - before).toBeLessThan(0.1)
})

it.each(servers)('%s gets its port back at once', async (example) => {
  const first = new Program(example, ['--port', 0])
  const port = await first.port()
  // The end that closes first keeps the port busy for a minute.
  const client = await Peer.connect(port)
  await client.send('hello')
  await client.hear('hello')
  first.kill('SIGINT')
  await first.exited
  client.socket.end()
  const second = new Program(example, ['--port', port])
  expect(await second.port()).toBe(port)
})

it('shows what it echoes', async () => {
  const server = new Program('echo-server', ['--port', 0])
  const client = await Peer.connect(await server.port())
  await client.send("it's 1 line\n")
  await client.hear('\n')
  await server.line(/^echoing "it's 1 line\\n" to fd \d+$/)
})

function fds(server: Program, word: string): string[] {
  return server.lines.flatMap((line) => new RegExp(`^${word} fd (\\d+)`).exec(line)?.[1] ?? [])
}
