import type { Contender, Goal, Measurement, Run } from './case.js'
import { type Spread, spreadOf } from './statistics.js'

/** How long to measure. */
export interface Effort {
  /** How often each contender has its turn. */
  readonly rounds: number
  /** How long a turn takes. */
  readonly seconds: number
  /** How long each contender runs before the first round, for its compilers and caches. */
  readonly warmUp: number
}

/** What came of a measurement. */
export interface Outcome {
  readonly name: string
  readonly size?: number | undefined
  /** The cost of an operation, by contender. */
  readonly costs: Readonly<Record<string, Spread>>
  readonly verdicts: readonly Verdict[]
}

/** What came of a goal. */
export interface Verdict extends Goal {
  /** The ratio to the baseline, round by round; the cost if there is no baseline. */
  readonly reached: Spread
  readonly met: boolean
}

/**
 * Lets the contenders of a measurement take turns, in another order in each round.
 *
 * What disturbs a machine does so for longer than a round, so that a ratio of two costs of the same round says more than one
 * of two averages.
 */
export async function measure(measurement: Measurement, effort: Effort): Promise<Outcome> {
  const { contenders, operations = 1 } = measurement
  const costs = contenders.map((): number[] => [])
  const runs = await startAll(contenders)
  try {
    await Promise.all(runs.map((run) => warmUp(run, effort)))
    for (let round = 0; round < effort.rounds; round++) {
      for (let turn = 0; turn < runs.length; turn++) {
        const index = (round + turn) % runs.length
        costs[index]?.push((await (runs[index] as Run).measure(effort.seconds)) / operations)
      }
    }
  } finally {
    await stopAll(runs)
  }
  return outcomeOf(measurement, new Map(contenders.map(({ name }, index) => [name, costs[index] as number[]])))
}

/** Starts them side by side. When one cannot be started, none is left. */
async function startAll(contenders: readonly Contender[]): Promise<Run[]> {
  const starts = await Promise.allSettled(contenders.map((contender) => contender.start()))
  const runs = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const failed = starts.find((start) => start.status === 'rejected')
  if (failed === undefined) return runs
  await stopAll(runs)
  throw failed.reason
}

async function stopAll(runs: readonly Run[]): Promise<void> {
  await Promise.all(runs.map((run) => run.stop()))
}

/** In short rounds, because the first ones only find out how long a pass takes. */
async function warmUp(run: Run, { seconds, warmUp }: Effort): Promise<void> {
  for (let start = performance.now(); performance.now() - start < 1000 * warmUp; ) await run.measure(seconds / 4)
}

type Costs = ReadonlyMap<string, readonly number[]>

function outcomeOf({ name, size, goals = [] }: Measurement, costs: Costs): Outcome {
  const named = goals.filter(({ contender, baseline = contender }) => costs.has(contender) && costs.has(baseline))
  return {
    name,
    size,
    costs: Object.fromEntries([...costs].map(([contender, figures]) => [contender, spreadOf(figures)])),
    verdicts: named.map((goal) => verdictOf(goal, costs)),
  }
}

function verdictOf(goal: Goal, costs: Costs): Verdict {
  const figures = costs.get(goal.contender) ?? []
  const theirs = goal.baseline === undefined ? undefined : costs.get(goal.baseline)
  const reached = spreadOf(figures.map((cost, round) => cost / (theirs?.[round] ?? 1)))
  return { ...goal, reached, met: reached.median <= (goal.most ?? Number.POSITIVE_INFINITY) }
}
