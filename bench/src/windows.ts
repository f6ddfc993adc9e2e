// windows DIRECTORY: on Windows, or under wine, what a ready socket costs among more and more others, with AFD and with select().
// One process for all, whose selectors take turns. Writes a table and a drawing to the directory.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AfdSelector } from '@selectors/afd'
import { EVENT_READ } from '@selectors/core'
import { SelectSelector } from '@selectors/select'
import { type Socket, socketpair } from '@selectors/socket'
import { lines } from './reporter/lines.js'
import type { CaseReport } from './reporter/report.js'
import { table } from './reporter/table.js'
import type { Outcome } from './runner/rounds.js'
import { spreadOf } from './runner/statistics.js'

const SIZES = [2, 6, 20, 60, 200, 600, 2000]
const ROUNDS = 21
/** How long a turn takes, in milliseconds, unless a single call takes longer. */
const TURN = 30

const classes = { AFD: AfdSelector, select: SelectSelector }

const [directory] = process.argv.slice(2)
if (directory === undefined) throw new Error('Name the directory to write to')

const sockets: Socket[] = []
const outcomes: Outcome[] = []
for (const size of SIZES) {
  while (sockets.length < size) sockets.push(...socketpair())
  outcomes.push(measure(size))
}
const report: CaseReport = {
  name: 'windows',
  title: 'What a ready socket costs among more and more others: AFD and select()',
  operation: 'select(0) with one ready',
  unit: 'ns',
  outcomes,
}
writeFileSync(join(directory, 'windows.md'), table(report))
writeFileSync(join(directory, 'windows.svg'), lines(report))

function measure(size: number): Outcome {
  const [first, second] = sockets as [Socket, Socket]
  second.send('x')
  const runs = Object.entries(classes).map(([name, Selector]) => {
    const selector = new Selector()
    for (const socket of sockets) selector.register(socket, EVENT_READ)
    return { name, selector, costs: [] as number[] }
  })
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { selector, costs } of round % 2 === 0 ? runs : [...runs].reverse()) costs.push(costOf(selector))
  }
  for (const { selector } of runs) selector.close()
  first.recv(1)
  // The first round is for compilers and caches.
  const spreads = runs.map(({ name, costs }) => [name, spreadOf(costs.slice(1))])
  return { name: `1 of ${size}`, size, costs: Object.fromEntries(spreads), verdicts: [] }
}

function costOf(selector: AfdSelector | SelectSelector): number {
  const start = performance.now()
  let passes = 0
  do {
    if (selector.select(0).length !== 1) throw new Error('not ready')
    passes++
  } while (performance.now() - start < TURN)
  return ((performance.now() - start) * 1e6) / passes
}
