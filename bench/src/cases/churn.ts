import type { Case, Goal, Measurement } from '../runner/case.js'
import { C_IDLE, CPYTHON, c, node, OURS, python } from '../runner/contenders.js'

const COUNT = 100
const FIRST = 3
const DESCRIPTORS = ['sockets', COUNT, 0, FIRST]

export const churn: Case = {
  name: 'churn',
  title: 'Changing what is waited for',
  operation: 'register() and unregister(), or modify()',
  unit: 'ns',
  measurements: () =>
    ['epoll', 'poll', 'select'].flatMap((mechanism) => [
      measurement('register', mechanism, COUNT, goals(mechanism, 1.12, 0.6)),
      measurement('modify', mechanism, 2 * COUNT, goals(mechanism, 1.2, 0.33)),
    ]),
}

/** poll and select keep their sets themselves: there is nothing to do in C, and no system call in Python. */
function measurement(operation: string, mechanism: string, operations: number, goals: Goal[]): Measurement {
  return {
    name: `${mechanism}, ${operation}`,
    operations,
    contenders: [
      node(OURS, DESCRIPTORS, 'churn', operation, mechanism, COUNT, FIRST),
      ...(mechanism === 'epoll' ? c(DESCRIPTORS, 'churn', operation, COUNT) : []),
      ...python(DESCRIPTORS, 'churn', operation, mechanism, COUNT),
    ],
    goals,
  }
}

function goals(mechanism: string, toC: number, toPython: number): Goal[] {
  if (mechanism !== 'epoll') return [{ contender: OURS, baseline: CPYTHON, most: 0.08 }]
  return [
    { contender: OURS, baseline: C_IDLE, most: toC },
    { contender: OURS, baseline: CPYTHON, most: toPython },
  ]
}
