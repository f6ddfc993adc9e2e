import type { Contender, Run } from './case.js'
import { generate } from './generator.js'
import { type Command, Program } from './program.js'

const CONNECTIONS = 50

/** What is found out about a server whose clients never pause. */
export interface Figures {
  /** Nanoseconds from one response to the next. */
  readonly period: number
  /** How many percent of the responses come from the worker that sends most. */
  readonly share: number
}

/** A contender that is an HTTP server. A connection is made again after so many requests; 0: it is kept. */
export function flooded(name: string, figure: keyof Figures, requests: number, command: Command): Contender {
  return { name, start: async () => new FloodRun(await Program.start(command), figure, requests) }
}

class FloodRun implements Run {
  readonly #program: Program
  readonly #figure: keyof Figures
  readonly #requests: number

  constructor(program: Program, figure: keyof Figures, requests: number) {
    this.#program = program
    this.#figure = figure
    this.#requests = requests
  }

  /** For a few times as long, because connections have to be made first. */
  async measure(seconds: number): Promise<number> {
    const duration = Math.max(0.05, 5 * seconds)
    const [rate, share] = await generate('flood', this.#program, CONNECTIONS, this.#requests, duration)
    const figures: Figures = { period: 1e9 / (rate as number), share: share as number }
    return figures[this.#figure]
  }

  stop(): Promise<void> {
    return this.#program.stop()
  }
}
