import { createSocket } from 'node:dgram'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { backends, Program, quotes } from './program.ts'

const quick = ['--port', 0, '--lines', 2, '--period', 0.01]

it.each(backends)('hears all three, on %s', async (backend) => {
  const program = new Program('stdin-pipe-socket', quick, { backend })
  const port = await program.port()
  await program.line(/^child ended$/)
  expect(quotes(program.lines, 'child:').join('')).toBe('line 1\\nline 2\\n')
  const socket = createSocket('udp4')
  for (const text of ['hello', '']) {
    socket.send(text, port, '127.0.0.1')
    await program.line(new RegExp(`^socket: '${text}'$`))
  }
  socket.close()
  program.stdin.write('typed\n')
  await program.line(/^stdin: 'typed\\n'$/)
  program.stdin.end()
  expect(await program.exited).toBe(0)
  expect(program.lines.slice(-2)).toEqual(['stdin ended', 'done'])
})

// epoll refuses both, poll and select call them always ready.
it.each(backends.flatMap((backend) => [__filename, '/dev/null'].map((file) => [file, backend] as const)))(
  'reads from %s as well, on %s',
  async (file, backend) => {
    const stdin = openSync(file, 'r')
    const program = new Program('stdin-pipe-socket', quick, { backend, stdin })
    closeSync(stdin)
    expect(await program.exited).toBe(0)
    expect(program.lines).toContain('stdin ended')
    expect(quotes(program.lines, 'stdin:')).toHaveLength(Math.ceil(readFileSync(file).length / 4096))
    expect(quotes(program.lines, 'child:').join('')).toBe('line 1\\nline 2\\n')
    expect(program.lines.at(-1)).toBe('done')
  },
)

it('waits for the child when the input has ended', async () => {
  const program = new Program('stdin-pipe-socket', quick)
  program.stdin.end()
  expect(await program.exited).toBe(0)
  expect(program.lines).toContain('child ended')
})
