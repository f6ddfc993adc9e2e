// company SELECTORS MECHANISMS COUNT READY FIRST: a pass is select(0) as in ready.ts on epoll, on one after the other of so many
// selectors, in a process that uses as many on so many mechanisms.
import { EVENT_READ } from '@selectors/core'
import { create, mechanisms, type Selector } from './backend.js'
import { answerRounds, timePasses } from './rounds.js'

const WARM_UP = 5000

const [each, kinds, count, ready, first] = process.argv.slice(2).map(Number) as [number, number, number, number, number]
const used = mechanisms.slice(0, kinds)
const selectors = new Map(used.map((name) => [name, Array.from({ length: each }, () => createFull(name))]))
for (let i = 0; i < WARM_UP; i++)
  for (const several of selectors.values()) for (const selector of several) select(selector)

const measured = selectors.get('epoll') as Selector<undefined>[]
let turn = 0

await answerRounds(timePasses(() => select(measured[turn++ % each] as Selector<undefined>)))

function createFull(name: string): Selector<undefined> {
  const selector = create(name)
  for (let fd = first; fd < first + count; fd++) selector.register(fd, EVENT_READ)
  return selector
}

function select(selector: Selector<undefined>): void {
  if (selector.select(0).length !== ready) throw new Error('not ready')
}
