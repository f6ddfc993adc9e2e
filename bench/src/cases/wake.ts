import type { Case, Contender, Goal } from '../runner/case.js'
import { C_IDLE, CPYTHON, c, ITERATOR, java, libuv, node, OURS, python } from '../runner/contenders.js'
import { npmEpoll } from '../runner/npm-epoll.js'

/** How long the other process lets the contender sleep before it replies. */
const MICROSECONDS = 200

const ASYNC = 'selectAsync'
const CALLBACK = 'callback'
const NET = 'net.Socket'
const STREAM = 'fs stream'
const NPM_EPOLL = 'npm epoll'

const GOALS: readonly Goal[] = [
  { contender: OURS, baseline: C_IDLE, most: 1.2 },
  { contender: OURS, baseline: CPYTHON, most: 1.05 },
  ...[ASYNC, ITERATOR].flatMap((contender) => [
    { contender, baseline: OURS, most: 1.6 },
    { contender, baseline: NET, most: 1 },
    { contender, baseline: NPM_EPOLL, most: 1 },
  ]),
  { contender: ITERATOR, baseline: CALLBACK },
]

export const wake: Case = {
  name: 'wake',
  title: 'Being woken by another process',
  operation: 'a wake-up, or a question and its answer',
  unit: 'ns',
  measurements: ({ install }) => [
    { name: 'latency', contenders: contenders('latency', MICROSECONDS, install), goals: GOALS },
    { name: 'round trip', contenders: contenders('round-trip', 0, install), goals: GOALS },
  ],
}

function contenders(measure: string, microseconds: number, install: boolean): Contender[] {
  const descriptors = ['echo', microseconds]
  const directory = install ? npmEpoll() : undefined
  return [
    node(OURS, descriptors, 'wake/select', measure),
    ...c(descriptors, 'wake', measure),
    ...python(descriptors, 'wake', measure),
    ...java(descriptors, 'Wake', measure),
    ...libuv(descriptors, 'wake', measure),
    node(ASYNC, descriptors, 'wake/async', measure),
    node(ITERATOR, descriptors, 'wake/iterator', measure),
    node(CALLBACK, descriptors, 'wake/callback', measure),
    node(NET, descriptors, 'wake/net', measure),
    node(STREAM, descriptors, 'wake/stream', measure),
    ...(directory === undefined ? [] : [node(NPM_EPOLL, descriptors, 'wake/npm-epoll', measure, directory)]),
  ]
}
