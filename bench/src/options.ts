import { parseArgs } from 'node:util'
import type { Effort } from './runner/rounds.js'

export interface Options {
  readonly effort: Effort
  /** A first impression is enough. */
  readonly brief: boolean
  /** The names of the cases; all when there are none. */
  readonly cases: readonly string[]
  /** Only measurements whose name contains this. */
  readonly only: string
  /** Only the first measurement of each case, without installing anything. */
  readonly smoke: boolean
  /** Where the results go. */
  readonly output: string | undefined
  /** Whether docs/performance.md is rewritten. */
  readonly docs: boolean
}

export const USAGE = `npm run bench -- [options] [case...]

  --quick            under a minute, for a first impression
  --only <text>      only measurements whose name contains it
  --rounds <number>  how often each contender has its turn
  --output <path>    where the table, results.json and the charts go; bench/.results when left out
  --docs             rewrites the figures of docs/performance.md
  --smoke            one tiny round of the first measurement of each case: says only that it runs`

const FULL: Effort = { rounds: 21, seconds: 0.06, warmUp: 0.4 }
const QUICK: Effort = { rounds: 3, seconds: 0.015, warmUp: 0.06 }
const SMOKE: Effort = { rounds: 1, seconds: 0.0001, warmUp: 0 }

/** @throws {TypeError} when an option is unknown */
export function parse(args: string[]): Options | undefined {
  const { values, positionals } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      quick: { type: 'boolean' },
      smoke: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      rounds: { type: 'string' },
      output: { type: 'string' },
      docs: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const effort = values.smoke ? SMOKE : values.quick ? QUICK : FULL
  return {
    effort: values.rounds === undefined ? effort : { ...effort, rounds: Number(values.rounds) },
    brief: values.quick === true,
    cases: positionals,
    only: values.only,
    smoke: values.smoke,
    output: values.output,
    docs: values.docs,
  }
}
