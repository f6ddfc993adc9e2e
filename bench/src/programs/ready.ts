// ready MECHANISM COUNT READY FIRST: a pass is select(0) over COUNT descriptors from number FIRST on.
import { EVENT_READ } from '@selectors/core'
import { create } from './backend.js'
import { answerRounds, timePasses } from './rounds.js'

const [mechanism, ...numbers] = process.argv.slice(2) as [string, ...string[]]
const [count, ready, first] = numbers.map(Number) as [number, number, number]

const selector = create(mechanism)
for (let fd = first; fd < first + count; fd++) selector.register(fd, EVENT_READ)

await answerRounds(
  timePasses(() => {
    if (selector.select(0).length !== ready) throw new Error('not ready')
  }),
)
