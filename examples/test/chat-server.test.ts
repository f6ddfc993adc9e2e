import { setTimeout } from 'node:timers/promises'
import { Peer } from './peer.ts'
import { backends, Program } from './program.ts'

describe.each(backends)('on %s', (backend) => {
  let server: Program
  let port: number

  beforeEach(async () => {
    server = new Program('chat-server', ['--port', 0], { backend })
    port = await server.port()
  })

  it('passes on what is said, to all but the speaker', async () => {
    const [first, second, third] = await join(3)
    await first.send('hello\nhow ')
    await second.hear('guest1: hello\n')
    await third.hear('guest1: hello\n')
    await third.send('fine\r\n\n')
    await first.hear('guest3: fine\n')
    await first.send('are you?\n')
    await second.hear('guest3: fine\nguest1: how are you?\n')
    await third.hear('guest1: how are you?\n')
    expect(first.received).toBe('')
  })

  it('lets many talk at once', async () => {
    const clients = await join(15)
    const talk = ['one', 'two', 'three', 'four', 'five']
    for (const word of talk) for (const client of clients) client.socket.write(`${word}\n`)
    for (const [index, client] of clients.entries()) {
      const others = clients.map((_, number) => `guest${number + 1}`).filter((_, number) => number !== index)
      const wanted = others.flatMap((name) => talk.map((word) => `${name}: ${word}\n`)).join('')
      while (client.received.length < wanted.length) await client.more()
      for (const name of others) expect(saidBy(name, client.received)).toEqual(talk)
      expect(client.received).toHaveLength(wanted.length)
    }
  })

  it('tells who leaves and who dies', async () => {
    const [stays, leaves, dies] = await join(3)
    leaves.socket.end('bye')
    await stays.hear('guest2: bye\n* guest2 left\n')
    await dies.hear('* guest2 left\n')
    dies.socket.resetAndDestroy()
    await stays.hear('* guest3 was cut off (ECONNRESET)\n')
    const returns = await Peer.connect(port)
    await returns.hear('* you are guest4, here with guest1\n')
    await stays.hear('* guest4 joined\n')
  })

  it('goes on when all die at once, in the middle of a talk', async () => {
    const clients = await join(12)
    const [stays, ...others] = clients
    for (const client of clients) client.socket.write('x'.repeat(1000).concat('\n').repeat(10))
    for (const client of others) client.socket.resetAndDestroy()
    for (const _ of others) await server.line(/^\* guest\d+ was cut off/)
    const late = await Peer.connect(port)
    await late.hear('* you are guest13, here with guest1\n')
    await late.send('anybody?\n')
    await stays.hear('guest13: anybody?\n')
  })

  it('sleeps while nobody talks', async () => {
    await join(2)
    const before = server.cpuTime()
    await setTimeout(300)
    expect(server.cpuTime() - before).toBeLessThan(0.1)
  })

  it('drops whoever does not listen, and nobody else', async () => {
    const [speaker, listener, sleeper] = await join(3)
    sleeper.socket.pause()
    let dropped = false
    const told = server.line(/^\* guest3 does not listen$/).then(() => {
      dropped = true
    })
    while (!dropped) {
      // In step with the one who listens, who would be dropped as well otherwise.
      const speech = 'z'.repeat(4000).concat('\n')
      await speaker.send(speech.repeat(10))
      for (let i = 0; i < 10; i++) await listener.hear(speech)
    }
    await told
    await speaker.hear('* guest3 does not listen\n')
    await speaker.send('still there?\n')
    await listener.hear('guest1: still there?\n')
  })

  /** Lets clients join, one after the other; answers them when each has heard of all. */
  async function join(count: number): Promise<[Peer, Peer, Peer, ...Peer[]]> {
    const clients: Peer[] = []
    for (let number = 1; number <= count; number++) {
      const client = await Peer.connect(port)
      await client.hear(`* you are guest${number}, here with `)
      await client.hear('\n')
      for (const other of clients) await other.hear(`* guest${number} joined\n`)
      clients.push(client)
    }
    return clients as [Peer, Peer, Peer, ...Peer[]]
  }
})

function saidBy(name: string, text: string): string[] {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}: `))
  return lines.map((line) => line.slice(name.length + 2))
}
