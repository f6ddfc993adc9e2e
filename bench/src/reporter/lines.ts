import type { CaseReport } from './report.js'
import { axis, COLOURS, line, svg, text } from './svg.js'

const WIDTH = 760
const HEIGHT = 420
const PLOT = { left: 70, right: 600, top: 40, bottom: 370 }

/** Draws a case as lines: cost against size, on logarithmic scales, so that what grows in proportion is a straight slope. */
export function lines({ title, operation, unit, outcomes }: CaseReport): string {
  const sizes = outcomes.map(({ size }) => size as number)
  const contenders = [...new Set(outcomes.flatMap(({ costs }) => Object.keys(costs)))]
  const costs = outcomes.flatMap((outcome) => Object.values(outcome.costs).map(({ median }) => median))
  const x = scale(Math.min(...sizes), Math.max(...sizes), PLOT.left, PLOT.right)
  const [lowest, highest] = [powerBelow(Math.min(...costs)), 10 * powerBelow(Math.max(...costs))]
  const y = scale(lowest, highest, PLOT.bottom, PLOT.top)

  const grid = powers(lowest, highest).flatMap((power) => [
    axis(PLOT.left, y(power), PLOT.right, y(power)),
    text(PLOT.left - 8, y(power) + 4, `${power} ${unit}`, 'text-anchor="end"'),
  ])
  const marks = sizes.map((size) => text(x(size), PLOT.bottom + 20, String(size), 'text-anchor="middle"'))
  const curves = contenders.flatMap((contender, index) => {
    const points = outcomes.flatMap(({ size, costs }) => {
      const cost = costs[contender]
      return cost === undefined ? [] : [[x(size as number), y(cost.median)] as const]
    })
    const [endX, endY] = points.at(-1) as readonly [number, number]
    const colour = COLOURS[(index >> 1) % COLOURS.length] as string
    // A contender and its baseline come one after the other, in one colour.
    const isBaseline = index % 2 === 1
    return [line(points, colour, isBaseline), text(endX + 8, endY + (isBaseline ? 12 : -2), contender)]
  })
  const legend = text(PLOT.left, PLOT.bottom + 40, `registered descriptors; the cost is that of ${operation}`)
  return svg(WIDTH, HEIGHT, title, [...grid, ...marks, ...curves, legend])
}

function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  const length = Math.log(to / from) || 1
  return (value) => start + ((end - start) * Math.log(value / from)) / length
}

function powerBelow(value: number): number {
  return 10 ** Math.floor(Math.log10(value))
}

function powers(lowest: number, highest: number): number[] {
  const count = Math.round(Math.log10(highest / lowest)) + 1
  return Array.from({ length: count }, (_, index) => lowest * 10 ** index)
}
