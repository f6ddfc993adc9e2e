import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { backends, Program } from './program.ts'

let client: Socket
beforeEach(() => {
  client = createSocket('udp4')
})
afterEach(() => client.close())

/** Sends a request and answers the answer. */
async function ask(port: number, request: string): Promise<string> {
  client.send(request, port, '127.0.0.1')
  const [answer] = await once(client, 'message')
  return String(answer)
}

it.each(backends)('keeps notes on %s', async (backend) => {
  const program = new Program('udp-service', ['--port', 0], { backend })
  const port = await program.port()
  expect(await ask(port, 'get tea')).toBe('no tea\n')
  expect(await ask(port, 'put tea at four')).toBe('pinned\n')
  expect(await ask(port, 'put coffee now\n')).toBe('pinned\n')
  expect(await ask(port, 'get tea')).toBe('at four\n')
  expect(await ask(port, 'get coffee')).toBe('now\n')
  expect(await ask(port, 'drink tea')).toBe('cannot drink\n')
  expect(await ask(port, '')).toBe('put <title> <text>, or get <title>\n')
})

it('lets them fall off by a timer', async () => {
  const program = new Program('udp-service', ['--port', 0, '--period', 0.2])
  const port = await program.port()
  const started = performance.now()
  expect(await ask(port, 'put tea at four')).toBe('pinned\n')
  while ((await ask(port, 'get tea')) === 'at four\n');
  expect(performance.now() - started).toBeGreaterThanOrEqual(199)
})

it('answers all of many', async () => {
  const program = new Program('udp-service', ['--port', 0])
  const port = await program.port()
  const answers: string[] = []
  client.on('message', (answer) => answers.push(String(answer)))
  for (let i = 0; i < 50; i++) client.send(`get ${i}`, port, '127.0.0.1')
  while (answers.length < 50) await once(client, 'message')
  expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => `no ${i}\n`))
})
