// company MECHANISM COUNT READY FIRST: a pass is select(0) as in ready.ts, on one after the other of several selectors, in
// a process that uses selectors of all mechanisms.
import { EVENT_READ } from '@selectors/core'
import { create, mechanisms, type Selector } from './backend.js'
import { answerRounds, timePasses } from './rounds.js'

const SELECTORS = 4
const WARM_UP = 5000

const [mechanism, ...numbers] = process.argv.slice(2) as [string, ...string[]]
const [count, ready, first] = numbers.map(Number) as [number, number, number]

const selectors = new Map(mechanisms.map((name) => [name, Array.from({ length: SELECTORS }, () => createFull(name))]))
for (let i = 0; i < WARM_UP; i++)
  for (const several of selectors.values()) for (const selector of several) select(selector)

const measured = selectors.get(mechanism as 'epoll') as Selector<undefined>[]
let turn = 0

await answerRounds(timePasses(() => select(measured[turn++ % SELECTORS] as Selector<undefined>)))

function createFull(name: string): Selector<undefined> {
  const selector = create(name)
  for (let fd = first; fd < first + count; fd++) selector.register(fd, EVENT_READ)
  return selector
}

function select(selector: Selector<undefined>): void {
  if (selector.select(0).length !== ready) throw new Error('not ready')
}
