import type { Case, Contender, Goal, Measurement } from '../runner/case.js'
import {
  C_IDLE,
  CPYTHON,
  c,
  type Descriptors,
  JAVA,
  java,
  LEAST,
  libuv,
  node,
  OURS,
  python,
} from '../runner/contenders.js'
import { compiledModule } from '../runner/tools.js'

const FIRST = 3

/** A turn of libuv's loop asks again, and again, as long as it is told of this many; Java is told of no more at a time. */
const MOST_AT_A_TIME = 1023

/** At most this for poll and select, by `registered/ready`; relative to C beside an idle thread. */
const LINEAR_GOALS: Readonly<Record<string, number>> = {
  '10/10': 1.3,
  '100/100': 1.3,
  '900/10': 1.05,
  '900/900': 1.4,
}

export const ready: Case = {
  name: 'ready',
  title: 'Asking what is ready',
  operation: 'select(0)',
  unit: 'ns',
  measurements: () => [
    ...[
      [1, 1],
      [10, 10],
      [100, 100],
      [1000, 1000],
      [10000, 100],
      [9900, 9900],
    ].map(([registered, ready]) => measurement('epoll', registered as number, ready as number)),
    ...['poll', 'select'].flatMap((mechanism) =>
      [
        [1, 1],
        [10, 10],
        [100, 100],
        [900, 10],
        [900, 900],
      ].map(([registered, ready]) => measurement(mechanism, registered as number, ready as number)),
    ),
    measurement('poll', 9900, 9900),
  ],
}

function measurement(mechanism: string, registered: number, ready: number): Measurement {
  const descriptors = ['sockets', registered, ready, FIRST]
  const args = [mechanism, registered, ready, FIRST]
  return {
    name: `${mechanism}, ${ready} of ${registered}`,
    contenders: [
      node(OURS, descriptors, 'ready', ...args),
      ...c(descriptors, 'ready', ...args),
      ...python(descriptors, 'ready', ...args),
      ...(mechanism === 'epoll' ? onEpoll(descriptors, registered, ready) : []),
    ],
    goals: mechanism === 'epoll' ? epollGoals(ready) : linearGoals(registered, ready),
  }
}

/** Those that know no other mechanism. */
function onEpoll(descriptors: Descriptors, registered: number, ready: number): Contender[] {
  const args = [registered, ready, FIRST]
  return [
    ...(ready <= MOST_AT_A_TIME
      ? [...java(descriptors, 'Ready', ...args), ...libuv(descriptors, 'ready', ...args)]
      : []),
    node(LEAST, descriptors, 'least', compiledModule('least'), ...args),
  ]
}

function epollGoals(ready: number): Goal[] {
  return [
    { contender: OURS, baseline: C_IDLE, most: ready === 1 ? 1.15 : 1.12 },
    { contender: OURS, baseline: CPYTHON, most: ready === 1 ? 0.48 : 0.35 },
    { contender: OURS, baseline: JAVA, most: 1 },
    { contender: LEAST, baseline: C_IDLE },
  ]
}

function linearGoals(registered: number, ready: number): Goal[] {
  const most = LINEAR_GOALS[`${registered}/${ready}`]
  if (most === undefined) return []
  const goal = { contender: OURS, baseline: C_IDLE, most }
  return registered === ready ? [goal, { contender: OURS, baseline: CPYTHON, most: 0.35 }] : [goal]
}
