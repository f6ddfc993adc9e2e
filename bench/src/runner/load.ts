import type { Contender, Run } from './case.js'
import { generate } from './generator.js'
import { type Command, Program } from './program.js'

const CONNECTIONS = 50
const RATE = 5_000

/** In the order of what c/load.c prints. */
export const PERCENTILES = ['p50', 'p99', 'p99.9'] as const

export type Percentile = (typeof PERCENTILES)[number]

/** A contender that is an HTTP server: how long so many percent of the requests take at most, in nanoseconds. */
export function underLoad(name: string, percentile: Percentile, command: Command): Contender {
  return { name, start: async () => new LoadRun(await Program.start(command), PERCENTILES.indexOf(percentile)) }
}

class LoadRun implements Run {
  readonly #program: Program
  readonly #place: number

  constructor(program: Program, place: number) {
    this.#program = program
    this.#place = place
  }

  /** For a whole second, where it is not only tried, because the last percentile needs many requests. */
  async measure(seconds: number): Promise<number> {
    const duration = seconds < 0.01 ? 0.1 : 1
    const latencies = await generate('load', this.#program, CONNECTIONS, RATE, duration)
    return latencies[this.#place] as number
  }

  stop(): Promise<void> {
    return this.#program.stop()
  }
}
