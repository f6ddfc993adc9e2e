// 64 selectors of the backend that is named wait at once, each for a pipe of its own; then all are closed while they wait.
import { readdirSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ } from '@selectors/core'
import { pipe } from '@selectors/socket'

const MANY = 64
const [, , backend] = process.argv
const Selector = (await import(`@selectors/${backend}`))[`${backend[0].toUpperCase()}${backend.slice(1)}Selector`]

const pipes = Array.from({ length: MANY }, () => pipe())
await waitAndClose(1)
const before = countThreads()
await waitAndClose(20)
// A runtime may have begun or ended some of its own.
console.log('threads left behind:', countThreads() - before < MANY / 2 ? 'none' : countThreads() - before)
for (const end of pipes.flat()) end.close()

async function waitAndClose(rounds) {
  const selectors = pipes.map(([reader], i) => {
    const selector = new Selector()
    selector.register(reader, EVENT_READ, i)
    return selector
  })
  for (let round = 0; round < rounds; round++) {
    const waits = selectors.map((selector) => selector.selectAsync())
    if (round % 2) await setTimeout(1)
    for (const [, writer] of pipes) writer.write('x')
    const found = (await Promise.all(waits)).map((batch) => batch.map(([key]) => key.data))
    if (found.some((data, i) => data.length !== 1 || data[0] !== i)) throw new Error(`They found ${found}`)
    for (const [reader] of pipes) reader.read(1)
  }
  const waits = selectors.map((selector) => selector.selectAsync())
  for (const selector of selectors) selector.close()
  const reasons = (await Promise.allSettled(waits)).map(({ reason }) => reason?.code)
  console.log(reasons.length, ...new Set(reasons))
}

function countThreads() {
  return readdirSync('/proc/self/task').length
}
