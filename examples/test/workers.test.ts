import { Peer } from './peer.ts'
import { backends, Program } from './program.ts'

const CLIENTS = 40
const THREADS = 3

/** Returns which threads served clients that are all connected at once. */
async function servants(program: Program): Promise<Set<string>> {
  const port = await program.port()
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => Peer.connect(port)))
  const answers = clients.map(async (client, number) => {
    for (const line of [`first ${number}\n`, `second ${number}\n`]) {
      await client.send(line)
      while (!client.received.endsWith(line)) await client.more()
    }
    const [, thread = ''] = /^(\d): first \d+\n\1: second \d+\n$/.exec(client.received) ?? []
    client.socket.end()
    await client.ended
    return thread
  })
  return new Set(await Promise.all(answers))
}

const start = (args: readonly string[], backend: string) =>
  new Program('workers', ['--port', 0, '--threads', THREADS, ...args], { backend })

describe.each(backends)('on %s', (backend) => {
  it('deals the connections out to all threads that listen', async () => {
    const program = start([], backend)
    // Chance leaves one out once in four million times.
    expect([...(await servants(program))].sort()).toEqual(['1', '2', '3'])
    expect(program.errors).toBe('')
  })

  it('serves all connections to a shared listener', async () => {
    const program = start(['--shared'], backend)
    const threads = await servants(program)
    for (const thread of threads) expect(['1', '2', '3']).toContain(thread)
    expect(program.errors).toBe('')
  })
})

it('shares the port with nobody who does not say so', async () => {
  const program = new Program('workers', ['--port', 0])
  const other = new Program('echo-server', ['--port', await program.port()])
  expect(await other.exited).toBe(1)
  expect(other.errors).toMatch(/EADDRINUSE/)
})
