/** The parts of a drawing, with colours that suit light and dark pages. */
export const COLOURS = ['#2f81f7', '#8b949e', '#57606a', '#d29922', '#3fb950', '#a371f7', '#f85149']

/** Makes an SVG document of elements. */
export function svg(width: number, height: number, title: string, elements: readonly string[]): string {
  const style =
    'text{font:12px system-ui,sans-serif;fill:#57606a}.title{font-weight:600;font-size:14px}.axis{stroke:#8b949e;stroke-opacity:.4}' +
    '@media(prefers-color-scheme:dark){text{fill:#c9d1d9}}'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    text(10, 20, title, 'class="title"'),
    ...elements,
    '</svg>\n',
  ].join('\n')
}

export function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(content)}</text>`
}

export function rectangle(x: number, y: number, width: number, height: number, colour: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${colour}"/>`
}

/** A line from point to point, dashed or not. */
export function line(points: readonly (readonly [x: number, y: number])[], colour: string, dashed: boolean): string {
  const places = points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')
  const dashes = dashed ? ' stroke-dasharray="4 3"' : ''
  return `<polyline points="${places}" fill="none" stroke="${colour}" stroke-width="2"${dashes}/>`
}

export function axis(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="axis"/>`
}

function round(place: number): number {
  return Math.round(place * 10) / 10
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
