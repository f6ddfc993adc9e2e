// least MODULE COUNT READY FIRST: a pass gets what select(0) returns, through the least code possible, see c/least.c.
import { createRequire } from 'node:module'
import { answerRounds, timePasses } from './rounds.js'

interface Least {
  open(first: number, count: number, found: Int32Array): void
  wait(): void
}

const [module, ...numbers] = process.argv.slice(2) as [string, ...string[]]
const [count, ready, first] = numbers.map(Number) as [number, number, number]

const least: Least = createRequire(import.meta.url)(module)
const found = new Int32Array(2 * count + 1)
const keys = Array.from({ length: first + count }, (_, fd) => ({ fd }))
least.open(first, count, found)

await answerRounds(
  timePasses(() => {
    if (select().length !== ready) throw new Error('not ready')
  }),
)

function select(): unknown[] {
  least.wait()
  const batch = new Array(found[0] as number)
  for (let i = 0; i < batch.length; i++) batch[i] = [keys[found[2 * i + 1] as number], found[2 * i + 2]]
  return batch
}
