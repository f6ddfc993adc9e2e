import { setTimeout } from 'node:timers/promises'
import { Peer, serve } from './peer.ts'
import { backends, Program } from './program.ts'

// A server that runs out of descriptors turns new clients away, serves the others, and welcomes new ones as soon as there is room.

/** As many as Node needs for itself, and some. */
const LIMIT = 48
const through = ['sh', '-c', `ulimit -n ${LIMIT} && exec "$@"`, 'sh']

/** Talks to a server that may serve this client; throws when it does not. */
type Talk = (client: Peer) => Promise<void>

const echo: Talk = async (client) => {
  await client.send('hello')
  await client.hear('hello')
}

const chat: Talk = async (client) => {
  await client.send('hello\n')
  await client.hear('* you are guest')
}

const get: Talk = async (client) => {
  await client.send('GET /package.json HTTP/1.1\r\n\r\n')
  await client.hear('HTTP/1.1 ')
  while (client.received.length < 3) await client.more()
  if (!client.received.startsWith('200')) throw new Error(client.received)
  await client.hear('"devDependencies"')
}

const servers: readonly [example: string, args: readonly string[], talk: Talk][] = [
  ['echo-server', [], echo],
  ['echo-server-class', [], echo],
  ['serve-forever', [], echo],
  ['chat-server', [], chat],
  ['http-server', ['--root', `${__dirname}/..`], get],
  ['tcp-proxy', [], echo],
]
const everywhere = servers.flatMap((server) => {
  const some = server[0] === 'echo-server' || server[0] === 'http-server' ? backends : [undefined]
  return some.map((backend) => [server[0], backend ?? 'the default', server, backend] as const)
})

/** Whether a new client is served. One that is not goes away. */
async function served(port: number, talk: Talk): Promise<Peer | undefined> {
  const client = await Peer.connect(port)
  try {
    await talk(client)
    return client
  } catch {
    client.socket.destroy()
    return undefined
  }
}

/** Waits until the server has ended so many of these. */
async function ended(clients: readonly Peer[], count: number): Promise<void> {
  let left = count
  await new Promise<void>((resolve) => {
    for (const client of clients) client.ended.then(() => --left === 0 && resolve())
  })
}

it.each(everywhere)('%s survives a lack of descriptors on %s', async (_, __, [example, args, talk], backend) => {
  const target = example === 'tcp-proxy' ? ['--target-port', await serve((socket) => socket.pipe(socket))] : []
  const server = new Program(example, ['--port', 0, ...args, ...target], { backend, through })
  const port = await server.port()
  const inside: Peer[] = []
  for (let client = await served(port, talk); client !== undefined; client = await served(port, talk)) {
    inside.push(client)
    expect(inside.length).toBeLessThan(LIMIT)
  }
  expect(inside.length).toBeGreaterThan(3)
  // Many more come, and go in vain: the backlog keeps none of them. A few take the places of those that were not served.
  const outside = await Promise.all(Array.from({ length: 30 }, () => Peer.connect(port)))
  await ended(outside, 20)

  const cpuTime = server.cpuTime()
  await setTimeout(500)
  expect(server.cpuTime() - cpuTime).toBeLessThan(0.25)
  if (example === 'chat-server') {
    await inside[0]?.send('who is there?\n')
    await inside.at(-1)?.hear(': who is there?\n')
  } else if (example !== 'http-server') {
    for (const client of inside) await talk(client)
  }

  for (const client of [...inside.splice(3), ...outside]) client.socket.destroy()
  while (!(await served(port, talk)));
  expect(server.errors).toContain('no descriptor is left')
})
