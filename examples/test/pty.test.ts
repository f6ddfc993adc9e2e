import { backends, Program } from './program.ts'

it.each(backends)('talks to a shell on a terminal of its own, on %s', async (backend) => {
  const program = new Program('pty', [], { backend })
  expect(await program.exited).toBe(0)
  await program.line(/\/dev\/pts\/\d+$/)
  expect(program.lines.at(-1)).toBe('exit status 0')
})

it('talks to another program', async () => {
  const program = new Program('pty', ['--command', 'sh', '--say', 'echo $((6 * 7)); exit 5'])
  expect(await program.exited).toBe(0)
  await program.line(/42$/)
  await program.line(/^exit status 5$/)
})

it('gives up when nothing is said in time', async () => {
  const program = new Program('pty', ['--command', 'sleep 60', '--timeout', 1])
  expect(await program.exited).toBe(1)
  expect(program.errors).toMatch(/^pty\.js: no .* within 1 s\n/)
})
