import type { Case, Contender, Goal } from '../runner/case.js'
import { C_IDLE, ITERATOR, nodeCommand, WORKER } from '../runner/contenders.js'
import { PERCENTILES, type Percentile, underLoad } from '../runner/load.js'
import { compiled } from '../runner/tools.js'

const NET = 'net'

const GOALS: readonly Goal[] = [
  { contender: WORKER, baseline: C_IDLE },
  { contender: ITERATOR, baseline: WORKER },
  { contender: ITERATOR, baseline: NET, most: 1 },
]

export const latency: Case = {
  name: 'latency',
  title: 'How long requests take under a steady load',
  operation: 'a request, of 5000 in a second on 50 connections',
  unit: 'ns',
  slow: true,
  measurements: ({ brief }) =>
    PERCENTILES.filter((percentile) => !brief || percentile === 'p99').map((percentile) => ({
      name: percentile,
      contenders: contenders(percentile),
      goals: GOALS,
    })),
}

function contenders(percentile: Percentile): Contender[] {
  return [
    underLoad(WORKER, percentile, nodeCommand('server/worker')),
    underLoad(ITERATOR, percentile, nodeCommand('server/iterator')),
    underLoad(NET, percentile, nodeCommand('server/net')),
    underLoad(C_IDLE, percentile, [compiled('server'), 'idle-thread']),
  ]
}
