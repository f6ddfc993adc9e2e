import { Peer } from './peer.ts'
import { backends, Program } from './program.ts'

const CONNECTIONS = 150

/** Serves that many connections, one after the other; answers how often workers were woken, and which of them served. */
async function serve(args: readonly string[], backend = 'epoll') {
  const program = new Program('prefork', ['--port', 0, '--connections', CONNECTIONS, ...args], { backend })
  const port = await program.port()
  for (let worker = 0; worker < 4; worker++) await program.line(/^worker \d+ waits/)
  const servants = new Set<string>()
  for (let i = 0; i < CONNECTIONS; i++) {
    const client = await Peer.connect(port)
    await client.ended
    servants.add(client.received)
    client.socket.destroy()
  }
  const [, wakeUps] = await program.line(new RegExp(`^${CONNECTIONS} connections, (\\d+) wake-ups$`))
  expect(await program.exited).toBe(0)
  expect(program.errors).toBe('')
  return { wakeUps: Number(wakeUps), servants: servants.size, lines: program.lines }
}

it('wakes one of the workers for each connection, not all', async () => {
  const exclusive = await serve([])
  const all = await serve(['--all'])
  expect(exclusive.lines.filter((line) => line.endsWith('exclusively'))).toHaveLength(4)
  expect(all.lines.filter((line) => line.endsWith('exclusively'))).toHaveLength(0)
  // Each goes to sleep besides, such as for 50 ms at a time.
  expect(all.wakeUps).toBeGreaterThan(1.5 * exclusive.wakeUps)
  expect(exclusive.wakeUps).toBeGreaterThanOrEqual(CONNECTIONS / 2)
})

it.each(backends)('serves every connection on %s', async (backend) => {
  expect((await serve([], backend)).servants).toBeGreaterThanOrEqual(1)
})

it('the workers end with the parent', async () => {
  const program = new Program('prefork', ['--port', 0, '--workers', 2])
  await program.port()
  const pids = []
  for (let worker = 0; worker < 2; worker++) pids.push(Number((await program.line(/^worker (\d+) waits/))[1]))
  program.kill('SIGKILL')
  await program.exited
  for (const pid of pids) while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10))
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
