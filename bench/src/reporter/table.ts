import type { Outcome, Verdict } from '../runner/rounds.js'
import type { Spread } from '../runner/statistics.js'
import type { CaseReport } from './report.js'

/** Makes a table in Markdown of a case: a row for each measurement. */
export function table({ unit, outcomes }: CaseReport): string {
  const contenders = unique(outcomes.flatMap(({ costs }) => Object.keys(costs)))
  const verdicts = unique(outcomes.flatMap((outcome) => outcome.verdicts.map(title)))
  const rows = outcomes.map((outcome) => [
    outcome.name,
    ...contenders.map((name) => format(outcome.costs[name]?.median)),
    ...verdicts.map((column) => verdictCell(outcome.verdicts.find((verdict) => title(verdict) === column))),
  ])
  const header = ['', ...contenders.map((name) => `${name}, ${unit}`), ...verdicts]
  return [header, header.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

/** Says in one line what came of each goal: `1.08 (1.05 to 1.11), goal 1.12`. */
export function verdictLines(outcome: Outcome): string[] {
  return outcome.verdicts.map((verdict) => `${title(verdict)}: ${verdictCell(verdict)}`)
}

function title({ contender, baseline }: Verdict): string {
  return baseline === undefined ? contender : `${contender} : ${baseline}`
}

function verdictCell(verdict: Verdict | undefined): string {
  if (verdict === undefined) return ''
  const { reached, most, met } = verdict
  const figures = `${format(reached.median)} (${spread(reached)})`
  if (most === undefined) return figures
  return met ? `${figures} ≤ ${most}` : `**${figures} > ${most}**`
}

function spread({ low, high }: Spread): string {
  return `${format(low)} to ${format(high)}`
}

function format(figure: number | undefined): string {
  if (figure === undefined) return ''
  if (figure < 10) return figure.toFixed(figure < 1 ? 3 : 2)
  return figure.toFixed(0)
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}
