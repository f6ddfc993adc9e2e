import type { CaseReport } from './report.js'
import { COLOURS, rectangle, svg, text } from './svg.js'

const WIDTH = 760
const LEFT = 230
const ROW = 16
const TOP = 40
const MOST_WIDTH = WIDTH - LEFT - 70

/** Draws a case as bars: what each contender costs relative to the first one. */
export function bars({ title, outcomes }: CaseReport): string {
  const groups = outcomes.map(({ name, costs }) => {
    const entries = Object.entries(costs).map(([contender, cost]) => ({ contender, cost: cost.median }))
    return { name, bars: entries.map(({ contender, cost }) => ({ contender, ratio: cost / (entries[0]?.cost ?? 1) })) }
  })
  const contenders = [...new Set(groups.flatMap((group) => group.bars.map(({ contender }) => contender)))]
  const widest = Math.max(...groups.flatMap((group) => group.bars.map(({ ratio }) => ratio)))
  const elements: string[] = []
  let y = TOP
  for (const group of groups) {
    elements.push(text(10, y + 12, group.name, 'class="title"'))
    for (const { contender, ratio } of group.bars) {
      const colour = COLOURS[contenders.indexOf(contender) % COLOURS.length] as string
      const width = (MOST_WIDTH * ratio) / widest
      elements.push(text(LEFT - 8, y + 28, contender, 'text-anchor="end"'))
      elements.push(rectangle(LEFT, y + 18, width, ROW - 4, colour))
      elements.push(text(LEFT + width + 6, y + 28, `${ratio.toFixed(2)} x`))
      y += ROW
    }
    y += ROW + 12
  }
  return svg(WIDTH, y + 10, title, elements)
}
