import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backends, Program } from './program.ts'

const directory = mkdtempSync(join(tmpdir(), 'selectors-cat-'))
afterAll(() => rmSync(directory, { recursive: true }))
const path = join(directory, 'input')
const bytes = randomBytes(1_000_000)
writeFileSync(path, bytes)
const program = join(__dirname, '../dist/cat.js')

describe.each(backends)('on %s', (backend) => {
  const env = { ...process.env, SELECTORS_BACKEND: backend }
  const output = (command: string) =>
    execFileSync('sh', ['-c', command, 'sh', process.execPath, program, path], { env, maxBuffer: 1e7 })

  it.each([
    ['a file', '"$1" "$2" < "$3"'],
    ['a pipe', 'cat "$3" | "$1" "$2"'],
    ['a file, into a slow pipe', '"$1" "$2" < "$3" | (sleep 0.2; cat)'],
    ['a file, into another', '"$1" "$2" < "$3" > "$3.copy" && cat "$3.copy"'],
    ['a FIFO', 'rm -f "$3.fifo"; mkfifo "$3.fifo"; cat "$3" > "$3.fifo" & "$1" "$2" < "$3.fifo"'],
  ])('copies %s', (_what, command) => {
    expect(output(command).equals(bytes)).toBe(true)
  })

  it('copies nothing from /dev/null, and takes what /dev/null takes', () => {
    expect(output('"$1" "$2" < /dev/null; "$1" "$2" < "$3" > /dev/null; echo $?').toString()).toBe('0\n')
  })

  it('copies what is typed at a terminal', async () => {
    const command = `exec '${process.execPath}' '${program}'`
    const terminal = spawn('script', ['--quiet', '--flush', '--echo', 'never', '--command', command, '/dev/null'], {
      env,
    })
    let said = ''
    terminal.stdout.setEncoding('utf8').on('data', (text) => {
      said += text
    })
    terminal.stdin.write('hello\n')
    while (!said.includes('hello')) await once(terminal.stdout, 'data')
    terminal.stdin.end('\x04')
    const [status] = await once(terminal, 'close')
    expect({ status, said }).toEqual({ status: 0, said: 'hello\r\n' })
  })

  it('copies each piece as it comes', async () => {
    const cat = new Program('cat', [], { backend })
    for (const word of ['one', 'two']) {
      cat.stdin.write(`${word}\n`)
      await cat.line(new RegExp(`^${word}$`))
    }
    cat.stdin.end()
    expect(await cat.exited).toBe(0)
  })

  it('ends when nobody reads', () => {
    expect(output('yes | "$1" "$2" | head -1').toString()).toBe('y\n')
  })
})

it('says that a directory cannot be read', async () => {
  const stdin = openSync(directory, 'r')
  const cat = new Program('cat', [], { stdin })
  closeSync(stdin)
  expect(await cat.exited).toBe(1)
  expect(cat.errors).toMatch(/^cat\.js: EISDIR: .*\n$/)
})
