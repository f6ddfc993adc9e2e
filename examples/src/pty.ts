// A conversation with a program on a terminal of its own, as in Expect: util-linux's script(1) opens the terminal, and
// one end of a socket pair stands for it here.
//
//     node dist/pty.js
//     node dist/pty.js --command 'bc -q' --say '6 * 7'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { waitReadable } from '@selectors/default'
import { type Socket, socketpair } from '@selectors/socket'
import { fail, options } from './shared/options.js'
import { receive, send } from './shared/tcp.js'

const { command, say, timeout } = options({ command: 'sh', say: 'tty', timeout: 10 })

/** What talks through a terminal, and what it has said. */
class Session {
  readonly #socket: Socket
  #unread = ''

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setBlocking(false)
  }

  /** What ends meanwhile does not hear it: {@link hear} tells. */
  type(line: string): void {
    send(this.#socket, Buffer.from(`${line}\n`))
  }

  /** Waits until the program says this, or ends; returns what it said until then, including this. */
  async hear(text?: string): Promise<string> {
    for (;;) {
      const found = text === undefined ? -1 : this.#unread.indexOf(text)
      if (text !== undefined && found >= 0) return this.#take(found + text.length)
      if (!(await waitReadable(this.#socket, { timeout }))) fail(`no ${text ?? 'end'} within ${timeout} s`)
      const data = receive(this.#socket)
      this.#unread += data ?? ''
      if (data?.length !== 0) continue
      if (text !== undefined) fail(`it ended without ${text}`)
      return this.#take(this.#unread.length)
    }
  }

  #take(length: number): string {
    const taken = this.#unread.slice(0, length)
    this.#unread = this.#unread.slice(length)
    return taken
  }
}

const [ours, theirs] = socketpair()
const args = ['--quiet', '--flush', '--return', '--echo', 'always', '--command', command, '/dev/null']
const child = spawn('script', args, { stdio: [theirs.fileno(), theirs.fileno(), 'inherit'] })
child.once('error', fail)
const exited = once(child, 'exit')
process.once('exit', () => child.kill())
theirs.close()

const session = new Session(ours)
session.type(say)
// The terminal echoes what is typed, and ends lines its own way.
await session.hear(`${say}\r\n`)
session.type('exit')
const said = await session.hear()
console.log(said.replaceAll('\r', '').trim())
const [status] = await exited
console.log(`exit status ${status}`)
