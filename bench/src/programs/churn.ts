// churn OPERATION MECHANISM COUNT FIRST: a pass over COUNT descriptors from number FIRST on, see c/churn.c.
import { EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { create } from './backend.js'
import { answerRounds, timePasses } from './rounds.js'

const [operation, mechanism, ...numbers] = process.argv.slice(2) as [string, string, ...string[]]
const [count, first] = numbers.map(Number) as [number, number]
const end = first + count
const selector = create(mechanism)

function registerAll(): void {
  for (let fd = first; fd < end; fd++) selector.register(fd, EVENT_READ)
  for (let fd = first; fd < end; fd++) selector.unregister(fd)
}

function modifyAll(): void {
  for (let fd = first; fd < end; fd++) selector.modify(fd, EVENT_READ | EVENT_WRITE)
  for (let fd = first; fd < end; fd++) selector.modify(fd, EVENT_READ)
}

if (operation === 'modify') for (let fd = first; fd < end; fd++) selector.register(fd, EVENT_READ)
await answerRounds(timePasses(operation === 'register' ? registerAll : modifyAll))
