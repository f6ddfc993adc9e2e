import type { Case, Goal } from '../runner/case.js'
import { nodeCommand } from '../runner/contenders.js'
import { flooded } from '../runner/flood.js'
import type { Command } from '../runner/program.js'
import { compiled } from '../runner/tools.js'

const ONE = 'a worker'
const C_ONE = 'C, a thread'

/** The names of servers in two workers, as the tables have them. */
export const OWN = 'two workers'
export const SHARED = 'two workers, one listener'
export const C_TWO = 'C, two threads'
export const CLUSTER = 'node:cluster'

/** About 0.1 ms, for which no other thread is needed. */
const STEPS = 100_000

const GOALS: readonly Goal[] = [
  { contender: OWN, baseline: ONE },
  { contender: C_TWO, baseline: C_ONE },
  { contender: SHARED, baseline: OWN },
  { contender: OWN, baseline: C_TWO },
  { contender: OWN, baseline: CLUSTER, most: 1 },
]

export const cores: Case = {
  name: 'cores',
  title: 'An HTTP server in one and in two workers',
  operation: 'a request, as time until the next response, of 50 clients that never pause',
  unit: 'ns',
  slow: true,
  measurements: ({ brief }) => {
    const measurement = (name: string, steps: number, requests: number) => ({
      name,
      contenders: [...one(steps), ...two(steps)].map(([contender, command]) =>
        flooded(contender, 'period', requests, command),
      ),
      goals: GOALS,
    })
    return [
      measurement('kept connections', 0, 0),
      measurement('a connection for each request', 0, 1),
      measurement('kept connections, 0.1 ms of computation', STEPS, 0),
    ].slice(0, brief ? 1 : undefined)
  },
}

type Server = readonly [name: string, command: Command]

function one(steps: number): Server[] {
  return [
    [ONE, nodeCommand('server/workers', 1, 'own', steps)],
    [C_ONE, [compiled('server'), 'alone', 1, steps]],
  ]
}

/** Servers in two workers, where a request costs so many steps of a computation. */
export function two(steps: number): Server[] {
  return [
    [OWN, nodeCommand('server/workers', 2, 'own', steps)],
    [SHARED, nodeCommand('server/workers', 2, 'shared', steps)],
    [C_TWO, [compiled('server'), 'alone', 2, steps]],
    [CLUSTER, nodeCommand('server/cluster', 2, steps)],
  ]
}
