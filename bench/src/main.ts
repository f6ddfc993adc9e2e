import { join, relative } from 'node:path'
import { cases } from './cases/index.js'
import { parse, USAGE } from './options.js'
import { type CaseReport, caseReport, machineOf } from './reporter/report.js'
import { verdictLines } from './reporter/table.js'
import { write, writeDocs } from './reporter/write.js'
import type { Case, Measurement } from './runner/case.js'
import { type Effort, measure, type Outcome } from './runner/rounds.js'
import { file, missingTools, versionOf } from './runner/tools.js'

const options = parse(process.argv.slice(2))
if (options === undefined) {
  console.log(USAGE)
  process.exit()
}
const { effort, brief, only, smoke, output = file('.results'), docs } = options
const chosen = cases.filter(({ name }) => options.cases.length === 0 || options.cases.includes(name))
if (chosen.length === 0) throw new Error(`No such case: choose from ${cases.map(({ name }) => name).join(', ')}`)

const missing = missingTools()
for (const sentence of missing) console.log(sentence)

const reports: CaseReport[] = []
for (const part of chosen) reports.push(caseReport(part, await measureCase(part)))

const machine = machineOf({
  python: versionOf('python3'),
  compiler: versionOf(process.env.CC ?? 'cc') ?? 'no compiler',
})
const report = { machine, effort, missing, cases: reports }
write(report, output)
console.log(`\nWritten to ${relative(process.cwd(), join(output, 'results.md'))}`)
if (docs) writeDocs(report, file('..', 'docs', 'performance.md'))

async function measureCase(part: Case): Promise<Outcome[]> {
  console.log(`\n${part.title}`)
  const measurements = part.measurements({ install: !smoke, brief }).filter(({ name }) => name.includes(only))
  const outcomes: Outcome[] = []
  for (const measurement of smoke ? measurements.slice(0, 1) : measurements) {
    const outcome = await measure(measurement, part.slow ? slowed(effort) : effort)
    outcomes.push(outcome)
    print(measurement, outcome)
  }
  return outcomes
}

/** Fewer rounds, where each takes a second at least. */
function slowed({ rounds, ...rest }: Effort): Effort {
  return { ...rest, rounds: Math.ceil(rounds / 3) }
}

function print(measurement: Measurement, outcome: Outcome): void {
  console.log(`  ${measurement.name}`)
  for (const [contender, { median }] of Object.entries(outcome.costs)) {
    console.log(`    ${contender.padEnd(24)} ${median.toFixed(0).padStart(9)}`)
  }
  for (const line of verdictLines(outcome)) console.log(`      ${line}`)
}
