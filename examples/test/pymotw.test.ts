import { Peer, serve } from './peer.ts'
import { backends, Program, quotes } from './program.ts'

const message = 'This is the message.  It will be repeated.'

it.each(backends)('tells each step, on %s', async (backend) => {
  const server = new Program('pymotw-server', ['--port', 0], { backend })
  const port = await server.port('starting up')
  const client = new Program('pymotw-client', ['--port', port], { backend })
  expect(await client.exited).toBe(0)
  expect(await server.exited).toBe(0)

  expect(client.lines[0]).toBe(`connecting to 127.0.0.1 port ${port}`)
  expect(quotes(client.lines, 'sending')).toEqual(['This is the message.  ', 'It will be repeated.'])
  expect(quotes(client.lines, 'received').join('')).toBe(message)
  expect(quotes(server.lines, 'received').join('')).toBe(message)
  expect(quotes(server.lines, 'sending').join('')).toBe(message)
  for (const { lines } of [client, server]) {
    expect(lines[1]).toBe('waiting for I/O')
    expect(lines).toContain('  ready to write')
    expect(lines).toContain('  ready to read')
    expect(lines).toContain('  switching to read-only')
    expect(lines.at(-1)).toBe('shutting down')
  }
  expect(server.lines.filter((line) => line.startsWith('accept(127.0.0.1:'))).toHaveLength(1)
  expect(server.lines.at(-2)).toBe('  closing')
})

it('waits for a second at a time', async () => {
  let answer = () => {}
  const port = await serve((socket) => {
    answer = () => socket.pipe(socket)
  })
  const client = new Program('pymotw-client', ['--port', port])
  await client.line(/switching to read-only/)
  await client.line(/^waiting for I\/O$/)
  const started = performance.now()
  await client.line(/^waiting for I\/O$/)
  expect(performance.now() - started).toBeGreaterThan(900)
  answer()
  expect(await client.exited).toBe(0)
})

it('has the port of the original', async () => {
  const client = new Program('pymotw-client')
  await client.line(/^connecting to 127\.0\.0\.1 port 10000$/)
})

it.each([
  ['leaves', (client: Peer) => client.socket.end()],
  ['is cut off', (client: Peer) => client.socket.resetAndDestroy()],
])('the server ends when its client %s', async (_, leave) => {
  const server = new Program('pymotw-server', ['--port', 0])
  const client = await Peer.connect(await server.port('starting up'))
  await server.line(/^accept/)
  leave(client)
  expect(await server.exited).toBe(0)
  expect(server.lines.slice(-2)).toEqual(['  closing', 'shutting down'])
})
