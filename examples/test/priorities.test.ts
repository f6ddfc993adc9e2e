import { readFileSync } from 'node:fs'
import { Peer } from './peer.ts'
import { backends, Program } from './program.ts'

describe.each(backends)('on %s', (backend) => {
  let server: Program
  let urgent: [Peer, Peer]
  let normal: [Peer, Peer]

  beforeEach(async () => {
    server = new Program('priorities', ['--port', 0, '--urgent-port', 0], { backend })
    const urgentPort = await server.port('urgent jobs')
    const normalPort = await server.port('normal jobs')
    normal = [await Peer.connect(normalPort), await Peer.connect(normalPort)]
    urgent = [await Peer.connect(urgentPort), await Peer.connect(urgentPort)]
    for (const client of [...normal, ...urgent]) {
      await client.send('"hello"\n')
      await server.line(/job: 'hello'$/)
    }
  })

  it('does the urgent ones first of all jobs that are there', async () => {
    await whileStopped(server, async () => {
      for (const client of [normal[0], urgent[0], normal[1], urgent[1]]) {
        await client.send('{ "id": 1 }\n')
        while (unread(client) === 0) await nextTurn()
      }
    })
    await server.line(/^normal job: \{ id: 1 \}$/)
    await server.line(/^normal job: \{ id: 1 \}$/)
    expect(server.lines.slice(-4)).toEqual([
      'urgent job: { id: 1 }',
      'urgent job: { id: 1 }',
      'normal job: { id: 1 }',
      'normal job: { id: 1 }',
    ])
  })

  it('reports and unregisters whoever makes its callback throw, and goes on', async () => {
    await urgent[0].send('stop!\n')
    await urgent[0].ended
    normal[0].socket.end('"the last one"')
    await server.line(/^normal job: 'the last one'$/)
    await urgent[1].send('2\n')
    await server.line(/^urgent job: 2$/)
    expect(server.errors).toMatch(/^the callback of Socket \{ fd: .* \} failed: SyntaxError: .*\n$/)
  })
})

/** Runs something while a program is stopped, so that it finds everything at once afterwards. */
async function whileStopped(program: Program, run: () => Promise<void>): Promise<void> {
  program.kill('SIGSTOP')
  while (!/\) T /.test(readFileSync(`/proc/${program.pid}/stat`, 'latin1'))) await nextTurn()
  await run()
  program.kill('SIGCONT')
}

/** How many bytes wait at the other end of a connection, see proc_net_tcp(5). */
function unread({ socket: { localPort, remotePort } }: Peer): number {
  const [local, remote] = [remotePort, localPort].map((port) =>
    Number(port).toString(16).padStart(4, '0').toUpperCase(),
  )
  const entry = new RegExp(` \\w{8}:${local} \\w{8}:${remote} \\w\\w \\w{8}:(\\w{8}) `)
  return Number.parseInt(entry.exec(readFileSync('/proc/net/tcp', 'latin1'))?.[1] ?? '0', 16)
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
