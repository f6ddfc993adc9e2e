import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Peer } from './peer.ts'
import { backends, Program } from './program.ts'

const directory = mkdtempSync(join(tmpdir(), 'selectors-http-'))
const root = join(directory, 'root')
const big = randomBytes(20_000_000)

beforeAll(() => {
  mkdirSync(join(root, 'docs'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<h1>hello</h1>\n')
  writeFileSync(join(root, 'docs/a b.txt'), '0123456789')
  writeFileSync(join(root, 'empty.json'), '')
  writeFileSync(join(root, 'big.bin'), big)
  writeFileSync(join(directory, 'secret.txt'), 'secret')
  symlinkSync(join(directory, 'secret.txt'), join(root, 'link.txt'))
})
afterAll(() => rmSync(directory, { recursive: true }))

async function curl(...args: string[]): Promise<Buffer> {
  const settings = { encoding: 'buffer', maxBuffer: 2 * big.length } as const
  return (await promisify(execFile)('curl', ['--silent', '--show-error', '--path-as-is', ...args], settings)).stdout
}

let server: Program
let origin: string

async function start(backend?: string): Promise<void> {
  server = new Program('http-server', ['--port', 0, '--root', root], { backend })
  origin = `http://127.0.0.1:${await server.port()}`
}

describe.each(backends)('on %s', (backend) => {
  beforeEach(() => start(backend))

  it('serves files to curl, with one connection for several', async () => {
    const urls = ['/', '/docs/a%20b.txt?query', '/empty.json'].map((path) => origin + path)
    const format = '[%{http_code} %{content_type} %{num_connects}]\n'
    const answer = String(await curl('--write-out', format, ...urls))
    expect(answer).toBe(
      [
        '<h1>hello</h1>\n[200 text/html; charset=utf-8 1]\n',
        '0123456789[200 text/plain; charset=utf-8 0]\n',
        '[200 application/json 0]\n',
      ].join(''),
    )
  })

  it('sends a large file as fast as it is taken', async () => {
    const before = server.memory()
    const whole = await curl('--limit-rate', '40M', `${origin}/big.bin`)
    expect(createHash('sha1').update(whole).digest('hex')).toBe(createHash('sha1').update(big).digest('hex'))
    expect(server.memory() - before).toBeLessThan(64)
  })

  it('answers requests that come together or in pieces, until the client closes', async () => {
    const client = await Peer.connect(Number(origin.split(':').at(-1)))
    await client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /docs/a%20b.txt HTTP/1.1\r\nHost')
    await client.hear('<h1>hello</h1>\n')
    await client.send(': x\r\nConnection: close\r\n\r\n')
    await client.hear('Connection: close\r\n')
    await client.hear('0123456789')
    await client.ended
  })
})

describe('a client that asks for', () => {
  beforeEach(() => start())

  it.each([
    ['0-3', '206 bytes 0-3/10', '0123'],
    ['-3', '206 bytes 7-9/10', '789'],
    ['8-100', '206 bytes 8-9/10', '89'],
    ['10-', '416 bytes */10', '416\n'],
  ])('the range %s gets it', async (range, head, body) => {
    const format = '%{stderr}%{http_code} %header{content-range}'
    const url = `${origin}/docs/a%20b.txt`
    const { stdout, stderr } = await promisify(execFile)('curl', ['-s', '-r', range, '-w', format, url])
    expect([stderr, stdout]).toEqual([head, body])
  })

  it('HEAD gets what GET does, without the body', async () => {
    const heads = await Promise.all([curl('--head', `${origin}/`), curl('--include', `${origin}/`)])
    const [head, get] = heads.map((answer) => String(answer).replace(/^Date: .*\r\n/m, ''))
    expect(get).toBe(`${head}<h1>hello</h1>\n`)
    expect(head).toContain('\r\nContent-Length: 15\r\n')
  })

  it.each([
    '/none.txt',
    '/docs',
    '/docs/',
    '/../secret.txt',
    '/docs/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/link.txt',
    '/index.html%00.txt',
    '/%zz',
  ])('%s finds nothing', async (path) => {
    expect(String(await curl('--write-out', '%{http_code}', origin + path))).toBe('404\n404')
  })

  it.each([
    ['another method', 'POST / HTTP/1.1\r\n\r\n', 'HTTP/1.1 405 '],
    ['something with a body', 'POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello', 'HTTP/1.1 400 '],
    ['nonsense', 'nonsense\r\n\r\n', 'HTTP/1.1 400 '],
    ['too much', `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}`, 'HTTP/1.1 400 '],
  ])('%s is refused', async (_what, request, answer) => {
    const client = await Peer.connect(Number(origin.split(':').at(-1)))
    await client.send(request)
    await client.hear(answer)
    client.socket.end()
    await client.ended
  })
})

it('survives clients that break off', async () => {
  await start()
  const port = Number(origin.split(':').at(-1))
  for (let i = 0; i < 10; i++) {
    const client = await Peer.connect(port)
    client.socket.write('GET /big.bin HTTP/1.1\r\n\r\n')
    if (i % 2) await client.more()
    client.socket.resetAndDestroy()
  }
  expect(String(await curl(`${origin}/`))).toBe('<h1>hello</h1>\n')
  expect(server.errors).toBe('')
})
