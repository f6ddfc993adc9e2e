import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Contender, Run } from './case.js'

/** One of our programs, with the command that starts it: `['node', 'ready.js', '10']`. */
export type Command = readonly (string | number)[]

/** A program that was started and has said that it is ready. */
export class Program {
  /** What it printed along with `ready`. */
  readonly greeting: string
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>

  /** @throws {Error} when it ends before */
  static async start(command: Command): Promise<Program> {
    const [file, ...args] = command.map(String) as [string, ...string[]]
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    await once(child, 'spawn')
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const greeting = await lines.next()
    if (greeting.done) throw new Error(`${command.join(' ')} ended before it was ready`)
    return new Program(child, lines, greeting.value)
  }

  private constructor(child: ChildProcess, lines: AsyncIterator<string>, greeting: string) {
    this.#child = child
    this.#lines = lines
    this.greeting = greeting
  }

  get pid(): number {
    return this.#child.pid as number
  }

  /** Makes it do so many passes; returns the cost of each. */
  async ask(passes: number): Promise<number> {
    this.#child.stdin?.write(`${passes}\n`)
    const answer = await this.#lines.next()
    if (answer.done) throw new Error(`${this.#child.spawnargs.join(' ')} ended during a round`)
    return Number(answer.value)
  }

  async stop(): Promise<void> {
    const ended =
      this.#child.exitCode === null && this.#child.signalCode === null ? once(this.#child, 'exit') : undefined
    this.#child.kill('SIGKILL')
    await ended
  }
}

/** A contender whose program does rounds: it reports nanoseconds for each of so many passes. */
export function program(name: string, command: Command): Contender {
  return { name, start: async () => new Rounds(await Program.start(command)) }
}

const TRIES = 3

class Rounds implements Run {
  readonly #program: Program
  /** How long a pass took in the last round, in real time: more than what was reported, if that is a latency. */
  #seconds: number | undefined

  constructor(program: Program) {
    this.#program = program
  }

  /** The best of a few tries, each long enough to hold its share of collected garbage: others can only make it slower. */
  async measure(seconds: number): Promise<number> {
    let best = Number.POSITIVE_INFINITY
    for (let i = 0; i < TRIES; i++) best = Math.min(best, await this.#try(seconds / TRIES))
    return best
  }

  async #try(seconds: number): Promise<number> {
    const passes = Math.max(1, Math.round(this.#seconds === undefined ? 1 : seconds / this.#seconds))
    const start = performance.now()
    const cost = await this.#program.ask(passes)
    this.#seconds = (performance.now() - start) / 1000 / passes
    return cost
  }

  stop(): Promise<void> {
    return this.#program.stop()
  }
}
