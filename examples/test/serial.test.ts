import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { backends, Program } from './program.ts'

/** The other end of the line: the master of a pseudo-terminal, whose bytes come and go by a pipe each. */
const far = `
import os, pty, select, sys
master, slave = pty.openpty()
print(os.ttyname(slave), flush=True)
while True:
    for fd in select.select([0, master], [], [])[0]:
        data = os.read(fd, 4096)
        if not data: sys.exit()
        os.write(master if fd == 0 else 1, data)
`

const opened: ChildProcessByStdio<Writable, Readable, null>[] = []
afterEach(() => {
  for (const line of opened.splice(0)) line.kill()
})

async function openLine() {
  const line = spawn('python3', ['-c', far], { stdio: ['pipe', 'pipe', 'inherit'] })
  opened.push(line)
  let said = ''
  line.stdout.setEncoding('latin1')
  const [path] = await once(createInterface({ input: line.stdout }), 'line')
  line.stdout.on('data', (text) => {
    said += text
  })
  return {
    path: String(path),
    stdin: line.stdin,
    /** Waits until this has been said, just so. */
    async hear(text: string): Promise<void> {
      while (said.length < text.length) await once(line.stdout, 'data')
      expect(said).toBe(text)
      said = ''
    },
  }
}

describe.each(backends)('on %s', (backend) => {
  it('talks to the other end, byte for byte, until that hangs up', async () => {
    const line = await openLine()
    const program = new Program('serial', ['--path', line.path], { backend })
    await program.line(/^connected/)
    line.stdin.write('hel')
    line.stdin.write('lo\r\n\x03\x04\n')
    await program.line(/^received: hello$/)
    await program.line(/^received: ..$/)
    expect(program.lines.at(-1)).toBe('received: \x03\x04')
    program.stdin.write('AT\n')
    // No echo, and no \r that a terminal would add.
    await line.hear('AT\n')
    program.stdin.write('again\n')
    await line.hear('again\n')
    line.stdin.end()
    await program.line(/^the line has hung up$/)
    program.stdin.end()
    expect(await program.exited).toBe(0)
    expect(program.errors).toBe('')
  })

  it('sends more than the line takes at a time', async () => {
    const line = await openLine()
    const program = new Program('serial', ['--path', line.path], { backend })
    await program.line(/^connected/)
    const text = 'x'.repeat(99)
    program.stdin.write(`${text}\n`.repeat(3000))
    await line.hear(`${text}\n`.repeat(3000))
  })

  it('listens when there is no input', async () => {
    const line = await openLine()
    const stdin = openSync('/dev/null', 'r')
    const program = new Program('serial', ['--path', line.path], { backend, stdin })
    closeSync(stdin)
    await program.line(/^connected/)
    line.stdin.write('hello\n')
    await program.line(/^received: hello$/)
    line.stdin.end()
    expect(await program.exited).toBe(0)
  })
})

it.each([
  ['there is none', '/dev/no-such-line', /^serial\.js: ENOENT: .*no-such-line'\n$/],
  ['it is no line', '/dev/null', /^serial\.js: stty: /],
])('says that %s', async (_what, path, errors) => {
  const program = new Program('serial', ['--path', path])
  expect(await program.exited).toBe(1)
  expect(program.errors).toMatch(errors)
})
