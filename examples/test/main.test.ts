import { Peer, serve } from './peer.ts'
import { Program, quotes } from './program.ts'

it.each([
  ['epoll', 'EpollSelector'],
  ['poll', 'PollSelector'],
  ['select', 'SelectSelector'],
])('lets server and client talk on %s', async (backend, name) => {
  const main = new Program('main', [], { backend })
  expect(await main.exited).toBe(0)
  expect(main.errors).toBe('')
  expect(main.lines[0]).toBe(`backend: ${name}`)
  const message = 'This is the message.  It will be repeated.'
  const [client, server] = ['client', 'server'].map((speaker) => said(main, speaker)) as [string[], string[]]
  expect(client[0]).toMatch(/^connecting to 127\.0\.0\.1 port \d+$/)
  expect(quotes(client, 'sending')).toEqual(['This is the message.  ', 'It will be repeated.'])
  expect(quotes(client, 'received').join('')).toBe(message)
  expect(client.at(-1)).toBe('shutting down')
  expect(server[0]).toMatch(/^listening on 127\.0\.0\.1:\d+$/)
  expect(server[1]).toMatch(/^accepted fd \d+ from 127\.0\.0\.1:\d+$/)
  expect(quotes(server, 'echoing').join('')).toBe(message)
  expect(server.at(-1)).toMatch(/^closing fd \d+$/)
})

it('serves, until Ctrl-C', async () => {
  const main = new Program('main', ['--serve', '--port', 0])
  await main.line(/^backend: EpollSelector$/)
  const client = await Peer.connect(await main.port())
  await client.send('hello\n')
  await client.hear('hello\n')
  main.kill('SIGINT')
  expect(await main.exited).toBe('SIGINT')
})

it.each([
  [['--port', '99999'], "Option '--port' takes a whole number from 0 to 65535, not '99999'"],
  [['--port', ''], "Option '--port' takes a whole number from 0 to 65535, not ''"],
  [['--port=-1'], "Option '--port' takes a whole number from 0 to 65535, not '-1'"],
  [['--port'], "Option '--port <value>' argument missing"],
  [['--prot', '1234'], "Unknown option '--prot'"],
  [['1234'], "Unexpected argument '1234'"],
])('refuses %j in one line', async (args, message) => {
  const main = new Program('main', args)
  expect(await main.exited).toBe(2)
  expect(main.errors).toBe(`main.js: ${message}\n`)
})

it.each([
  ['main.js', ['--serve']],
  ['echo-server.js', []],
])('says that the port is in use: %s', async (name, args) => {
  const port = await serve(() => {})
  const main = new Program('main', [...args, '--port', port])
  expect(await main.exited).toBe(1)
  expect(main.errors).toMatch(new RegExp(`^${name}: EADDRINUSE: .* 127\\.0\\.0\\.1:${port}: .*\n$`))
})

it('says why no backend serves', async () => {
  const main = new Program('main', [], { backend: 'none' })
  expect(await main.exited).toBe(1)
  expect(main.errors).toContain("'none' is neither a backend")
  expect(main.errors).not.toContain('    at ')
})

function said(main: Program, speaker: string): string[] {
  const prefix = `${speaker} | `
  return main.lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length).trim())
}
