// An example as a process of its own, and what it says.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export const backends = ['epoll', 'poll', 'select']

const running = new Set<Program>()

// Leaves nothing behind, whatever went wrong.
afterEach(async () => {
  for (const program of running) program.kill('SIGKILL')
  await Promise.all([...running].map((program) => program.exited))
})

export interface Settings {
  /** The backend to use instead of the one that would be chosen. */
  readonly backend?: string | undefined
  /** A descriptor for the standard input instead of a pipe. */
  readonly stdin?: number
  /** A command that becomes the program's, such as `unshare`. */
  readonly through?: readonly string[]
}

export class Program {
  /** What it said on its standard output, line by line. */
  readonly lines: string[] = []
  /** What it said on its standard error. */
  errors = ''
  /** Its exit status or the signal that ended it, once everything it said is here. */
  readonly exited: Promise<number | NodeJS.Signals>
  readonly #child: ChildProcess
  readonly #linesRead: Promise<void>
  #ended = false
  #seen = 0
  #notify = () => {}

  constructor(example: string, args: readonly (string | number)[] = [], settings: Settings = {}) {
    const { backend, stdin, through = [] } = settings
    const file = join(__dirname, '..', 'dist', `${example}.js`)
    const [command = '', ...rest] = [...through, process.execPath, file, ...args.map(String)]
    this.#child = spawn(command, rest, {
      stdio: [stdin ?? 'pipe', 'pipe', 'pipe'],
      env: backend === undefined ? process.env : { ...process.env, SELECTORS_BACKEND: backend },
    })
    running.add(this)
    this.#child.stderr?.setEncoding('utf8').on('data', (text) => {
      this.errors += text
    })
    this.#linesRead = this.#readLines()
    this.exited = this.#end()
  }

  get pid(): number {
    return this.#child.pid as number
  }

  get stdin(): NodeJS.WritableStream {
    return this.#child.stdin as NodeJS.WritableStream
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Waits for the next line that matches, after those that were waited for before. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      while (this.#seen < this.lines.length) {
        const match = pattern.exec(this.lines[this.#seen++] as string)
        if (match) return match
      }
      if (this.#ended) throw new Error(`ended without ${pattern}:\n${this.lines.join('\n')}\n${this.errors}`)
      await new Promise<void>((resolve) => {
        this.#notify = resolve
      })
    }
  }

  /** Waits until it listens, and answers the port. */
  async port(title = 'listening'): Promise<number> {
    const [, port] = await this.line(new RegExp(`^${title} on 127\\.0\\.0\\.1:(\\d+)$`))
    return Number(port)
  }

  /** The memory it uses, in MiB. */
  memory(): number {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1]) / 1024
  }

  /** The processor time it has used, in seconds; see proc_pid_stat(5). */
  cpuTime(): number {
    const [, fields] = readFileSync(`/proc/${this.pid}/stat`, 'latin1').split(') ')
    const [user, system] = (fields as string).split(' ').slice(11, 13)
    return (Number(user) + Number(system)) / 100
  }

  async #readLines(): Promise<void> {
    for await (const line of createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })) {
      this.lines.push(line)
      this.#notify()
    }
    this.#ended = true
    this.#notify()
  }

  async #end(): Promise<number | NodeJS.Signals> {
    const [status, signal] = await once(this.#child, 'close')
    await this.#linesRead
    running.delete(this)
    return signal ?? status
  }
}

/** The texts that lines with this word quote: how many there are depends on how the system cuts a stream. */
export function quotes(lines: readonly string[], word: string): string[] {
  return lines.flatMap((line) => new RegExp(`${word} (['"\`])(.*)\\1`).exec(line)?.[2] ?? [])
}
