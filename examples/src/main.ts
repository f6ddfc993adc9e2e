// What `npm start` runs: the echo server of Python's documentation and the client of Python Module of the Week, and what
// both say. Each is a process of its own, because each of them blocks in select().
//
//     node dist/main.js
//     node dist/main.js --serve --port 1234       (then: nc localhost 1234; Ctrl-C ends it)
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { DefaultSelector } from '@selectors/default'
import { fail, options } from './shared/options.js'

const { serve, port } = options({ serve: false, port: 0 })
// The reader of this output may stop early, as `head` does.
process.stdout.once('error', () => process.exit(1))
try {
  new DefaultSelector().close()
} catch (error) {
  fail(error)
}
console.log(`backend: ${DefaultSelector.name}`)
if (serve) await becomeServer()
else process.exitCode = await converse()

/** In this process, without a child and without a signal handler: nothing stands between Ctrl-C and the server's end. */
async function becomeServer(): Promise<void> {
  process.argv.splice(2, process.argv.length, '--port', String(port))
  await import('./echo-server.js')
}

/** Returns the client's exit status, 1 if there was no client. */
async function converse(): Promise<number> {
  const { child: server, lines } = start('echo-server', port)
  let client: Promise<number> | undefined
  for await (const line of lines) {
    console.log(`server | ${line}`)
    const [, listening] = /^listening on .*:(\d+)$/.exec(line) ?? []
    if (listening !== undefined) {
      client = talkTo(Number(listening))
      client.then((status) => status === 0 || server.kill())
    }
    // Left alone, the server would wait for the next client.
    if (line.startsWith('closing')) server.kill()
  }
  return (await client) ?? 1
}

async function talkTo(port: number): Promise<number> {
  const { child: client, lines } = start('pymotw-client', port)
  const exit = once(client, 'exit')
  for await (const line of lines) console.log(`client | ${line}`)
  const [status] = await exit
  return status ?? 1
}

function start(example: string, port: number) {
  const file = fileURLToPath(new URL(`./${example}.js`, import.meta.url))
  const child = spawn(process.execPath, [file, '--port', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  process.once('exit', () => child.kill())
  return { child, lines: createInterface({ input: child.stdout }) }
}
