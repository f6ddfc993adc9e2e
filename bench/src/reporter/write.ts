import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bars } from './bars.js'
import { lines } from './lines.js'
import type { CaseReport, Report } from './report.js'
import { table } from './table.js'

const BEGIN = '<!-- Written by `npm run bench -- --docs`, from here -->'
const END = '<!-- to here. -->'

/** Writes results.json, results.md and a drawing of each case to a directory. */
export function write(report: Report, directory: string): void {
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'results.json'), `${JSON.stringify(report, undefined, 2)}\n`)
  writeFileSync(join(directory, 'results.md'), markdown(report, '.'))
  writeCharts(report, directory)
}

/** Replaces the figures of a page, between two comments, and the drawings that lie beside it in a directory of its name. */
export function writeDocs(report: Report, page: string): void {
  const charts = page.replace(/\.md$/, '')
  const text = existsSync(page) ? readFileSync(page, 'utf8') : ''
  const [before, rest] = text.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error(`${page} has no place between ${BEGIN} and ${END}`)
  mkdirSync(charts, { recursive: true })
  writeCharts(report, charts)
  writeFileSync(page, `${before}${BEGIN}\n\n${markdown(report, basename(charts))}\n${END}${after}`)
}

function writeCharts(report: Report, directory: string): void {
  for (const part of drawn(report)) {
    const isGrowth = part.outcomes.every(({ size }) => size !== undefined)
    writeFileSync(join(directory, `${part.name}.svg`), isGrowth ? lines(part) : bars(part))
  }
}

function markdown({ machine, effort, missing, cases }: Report, charts: string): string {
  const { system, processors, node, python, compiler } = machine
  const where = [system, processors, `Node.js ${node}`, python, `${compiler}, -O2`].filter(Boolean).join('; ')
  const how = `Medians of ${effort.rounds} rounds of ${effort.seconds} s (fewer where a round takes a second), quartiles in brackets.`
  const sections = cases.filter(({ outcomes }) => outcomes.length > 0).map((part) => section(part, charts))
  const without = missing.map((sentence) => `${sentence}\n\n`)
  return `${where}. ${how}\n\n${without.join('')}${sections.join('\n')}`
}

function section(part: CaseReport, charts: string): string {
  const what = part.unit === '%' ? 'share' : 'cost'
  return `## ${part.title}\n\nThe ${what} of ${part.operation}.\n\n![${part.title}](${charts}/${part.name}.svg)\n\n${table(part)}`
}

function drawn({ cases }: Report): CaseReport[] {
  return cases.filter(({ outcomes }) => outcomes.length > 0)
}
