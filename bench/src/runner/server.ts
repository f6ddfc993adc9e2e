import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { Contender, Run } from './case.js'
import { type Command, Program } from './program.js'

const CONNECTIONS = 50

/**
 * A contender that is an HTTP server: the time that it uses the processor for each request, in nanoseconds.
 *
 * Not how many requests it serves in a second: that depends on wrk, which is on the same machine.
 */
export function server(name: string, command: Command): Contender {
  return { name, start: async () => new ServerRun(await Program.start(command)) }
}

class ServerRun implements Run {
  readonly #program: Program

  constructor(program: Program) {
    this.#program = program
  }

  async measure(seconds: number): Promise<number> {
    const before = processorTime(this.#program.pid)
    const requests = await load(Number(this.#program.greeting.split(' ')[1]), Math.max(1, Math.round(seconds)))
    return (processorTime(this.#program.pid) - before) / requests
  }

  stop(): Promise<void> {
    return this.#program.stop()
  }
}

/** Makes wrk send requests for so many whole seconds; returns how many responses came. */
async function load(port: number, seconds: number): Promise<number> {
  const args = ['--threads', '1', '--connections', `${CONNECTIONS}`, '--duration', `${seconds}s`]
  const wrk = spawn('wrk', [...args, `http://127.0.0.1:${port}/`], { stdio: ['ignore', 'pipe', 'inherit'] })
  const report = await text(wrk.stdout)
  const requests = Number(/(\d+) requests in/.exec(report)?.[1])
  if (!(requests > 0)) throw new Error(`wrk said:\n${report}`)
  return requests
}

/** What all threads of a process have used, in nanoseconds; see proc(5), /proc/pid/schedstat. */
function processorTime(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.map((thread) => timeOf(`/proc/${pid}/task/${thread}`)).reduce((sum, time) => sum + time, 0)
}

function timeOf(thread: string): number {
  return Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0])
}
