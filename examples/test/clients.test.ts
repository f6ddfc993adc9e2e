import type { Socket } from 'node:net'
import { serve, unusedPort } from './peer.ts'
import { backends, Program, quotes } from './program.ts'

it.each(backends)('multi-client talks on all connections at once, on %s', async (backend) => {
  const sockets: Socket[] = []
  const port = await serve((socket) => {
    // Nobody is answered before everybody is there.
    if (sockets.push(socket) === 5) for (const each of sockets) each.pipe(each)
  })
  const client = new Program('multi-client', ['--port', port, '--connections', 5], { backend })
  expect(await client.exited).toBe(0)
  for (const id of [1, 2, 3, 4, 5]) {
    const lines = client.lines.filter((line) => line.startsWith(`connection ${id}: `))
    expect(lines.slice(0, 2)).toEqual([`connection ${id}: connecting`, `connection ${id}: connected`])
    expect(quotes(lines, 'sending')).toEqual(['Message 1 from client. ', 'Message 2 from client.'])
    expect(quotes(lines, 'received').join('')).toBe('Message 1 from client. Message 2 from client.')
    expect(lines.at(-1)).toBe(`connection ${id}: closing`)
  }
})

it.each(backends)('nonblocking-client sends in pieces and receives meanwhile, on %s', async (backend) => {
  const server = new Program('echo-server', ['--port', 0], { backend })
  const client = new Program('nonblocking-client', ['--port', await server.port(), '--bytes', 1_000_000], { backend })
  expect(await client.exited).toBe(0)
  expect(client.lines.slice(0, 2)).toEqual(['connecting', 'connected'])
  const summary = /^sent 1000000 bytes with (\d+) sends, (\d+) of them partial, and received the same$/
  const [, sends, partialSends] = summary.exec(client.lines.at(-1) as string) as RegExpExecArray
  expect(Number(partialSends)).toBeGreaterThan(10)
  expect(Number(sends)).toBe(Number(partialSends) + 1)
})

const clients = ['pymotw-client', 'multi-client', 'nonblocking-client']

it.each(clients)('%s says that nobody listens', async (example) => {
  const client = new Program(example, ['--port', await unusedPort()])
  expect(await client.exited).toBe(1)
  expect(client.errors).toMatch(new RegExp(`^${example}\\.js: .*ECONNREFUSED.*\n$`))
})

it.each(clients)('%s says that the server went away', async (example) => {
  const port = await serve((socket) => socket.once('data', () => socket.end()))
  const client = new Program(example, ['--port', port])
  expect(await client.exited).toBe(1)
  expect(client.errors).toMatch(/: .*(the server closed the connection|closed by the server).*\n$/)
})

it.each(clients)('%s says that the connection was reset', async (example) => {
  const port = await serve((socket) => socket.once('data', () => socket.resetAndDestroy()))
  const client = new Program(example, ['--port', port])
  expect(await client.exited).toBe(1)
  expect(client.errors).toMatch(/: .*(the server closed the connection|closed by the server).*\n$/)
})

it.each(['multi-client', 'nonblocking-client'])('%s notices that the echo is wrong', async (example) => {
  const port = await serve((socket) => socket.on('data', (data) => socket.write(data.map((byte) => byte ^ 1))))
  const client = new Program(example, ['--port', port])
  expect(await client.exited).toBe(1)
  expect(client.errors).toContain('this is not what was sent')
})
