import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Program } from './program.ts'

it.each([
  ['echo-server', []],
  ['echo-server-class', []],
  ['pymotw-server', []],
  ['timed-events', []],
  ['priorities', ['--urgent-port', '0']],
  ['chat-server', []],
  ['stdin-pipe-socket', ['--period', '0.01']],
  ['udp-service', []],
  ['http-server', []],
  ['tcp-proxy', []],
  ['commands', []],
  ['prefork', []],
  ['pool', []],
  ['workers', []],
])('Ctrl-C ends %s at once', async (example, args) => {
  const program = new Program(example, ['--port', 0, ...args])
  await program.line(/ on 127\.0\.0\.1:\d+$/)
  const started = performance.now()
  program.kill('SIGINT')
  expect(await program.exited).toBe('SIGINT')
  expect(performance.now() - started).toBeLessThan(5000)
  expect(program.errors).toBe('')
})

it('are all told of in the README', () => {
  const root = join(__dirname, '..')
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const examples = readdirSync(join(root, 'src')).filter((file) => file.endsWith('.ts'))
  for (const file of examples) expect(readme).toContain(`node dist/${file.replace('.ts', '.js')}`)
})
