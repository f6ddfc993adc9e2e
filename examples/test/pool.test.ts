import { scryptSync } from 'node:crypto'
import { Peer } from './peer.ts'
import { backends, Program } from './program.ts'

const hashes = new Map<string, string>()
/** Once for all backends: it is made to take long. */
function hash(line: string): string {
  const known = hashes.get(line) ?? scryptSync(Buffer.from(line, 'latin1'), 'salt', 16).toString('hex')
  hashes.set(line, known)
  return known
}

describe.each(backends)('on %s', (backend) => {
  it('answers every line, in order, while all clients talk at once', async () => {
    const program = new Program('pool', ['--port', 0, '--threads', 2], { backend })
    const port = await program.port()
    const clients = await Promise.all(Array.from({ length: 4 }, () => Peer.connect(port)))
    await Promise.all(
      clients.map(async (client, number) => {
        // Some lines in one piece, one line in several, and more before the answer is there.
        const lines = ['first', 'second', '', 'söme'].map((line) => `${line} ${number}`)
        await client.send(`${lines[0]}\n${lines[1]}\n${lines[2]?.slice(0, 1)}`)
        await client.hear(`${hash(lines[0] as string)}\n`)
        await client.send(`${lines[2]?.slice(1)}\n${lines[3]}\n`)
        for (const line of lines.slice(1)) await client.hear(`${hash(line)}\n`)
        expect(client.received).toBe('')
        client.socket.end()
        await client.ended
      }),
    )
    // What the program prints comes by another way than its answers, and may come later.
    const threads = new Set<string | undefined>()
    for (let i = 0; i < 16; i++) threads.add((await program.line(/^(thread \d): /))[1])
    expect(threads).toEqual(new Set(['thread 1', 'thread 2']))
    expect(program.lines).toHaveLength(1 + 16)
  })

  it('outlives clients that break off', async () => {
    const program = new Program('pool', ['--port', 0], { backend })
    const port = await program.port()
    for (let i = 0; i < 5; i++) {
      const rude = await Peer.connect(port)
      await rude.send('secret\nsecret\n')
      rude.socket.resetAndDestroy()
    }
    const client = await Peer.connect(port)
    await client.send('hello\n')
    await client.hear(`${hash('hello')}\n`)
    const before = program.cpuTime()
    await client.send('unfinished')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(program.cpuTime() - before).toBeLessThan(0.3)
    expect(program.errors).toBe('')
  })
})

it('lets go of a line that never ends', async () => {
  const program = new Program('pool', ['--port', 0])
  const client = await Peer.connect(await program.port())
  await client.send('x'.repeat(20_000))
  await client.ended
  expect(program.errors).toBe('')
})
