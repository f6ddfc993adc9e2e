import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const packages = join(__dirname, '..', '..', 'packages')

/** The modules that each module of a folder imports, types included, without the ends of their names. */
function importsIn(source: string): Map<string, string[]> {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /\.[cm]?ts$/.test(file))
  return new Map(files.map((file) => [moduleOf(file), importsOf(file, readFileSync(join(source, file), 'utf8'))]))
}

function importsOf(file: string, text: string): string[] {
  const code = text.replace(/\/\*.*?\*\//gs, '')
  const specifiers = [...code.matchAll(/(?:\bfrom|\bimport\(?|\brequire\()\s*'(\.[^']*)'/g)]
  return specifiers.map(([, specifier = '']) => moduleOf(join(dirname(file), specifier)))
}

function moduleOf(file: string): string {
  return file.replace(/\.[cm]?[jt]s$/, '')
}

/** The first cycle that is found, from a module back to itself; empty if there is no cycle. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const walk = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...path, file])
      if (circle.length > 0) return circle
    }
    done.add(file)
    return []
  }
  return [...imports.keys()].map((file) => walk(file, [])).find((circle) => circle.length > 0) ?? []
}

// Programs such as create-backend have none.
const sources = readdirSync(packages)
  .map((name) => join(packages, name, 'src'))
  .filter((source) => existsSync(source))

it.each(sources.map((source) => [relative(packages, source), source]))(
  'no module of %s imports itself',
  (_, source) => {
    const imports = importsIn(source)
    expect(circleIn(imports)).toEqual([])
    // Each of them is a module that is there: none was overlooked.
    expect([...imports.values()].flat().filter((file) => !imports.has(file))).toEqual([])
  },
)

it.each<[text: string, found: string[]]>([
  ["import { a } from './a.js'", ['x/a']],
  ["import type { A } from '../a.js'", ['a']],
  ["export * from './y/a.js'\nimport './b.js'", ['x/y/a', 'x/b']],
  ["const { a } = await import('./a.js')", ['x/a']],
  ["import {\n  a,\n} from './a.js'", ['x/a']],
  ["import { readFileSync } from 'node:fs'", []],
  ["/** For example `import './a.js'`. */", []],
])('finds the imports of %j', (text, found) => {
  expect(importsOf('x/module.ts', text)).toEqual(found)
})

it('finds a circle', () => {
  const imports = { a: ['b', 'd'], b: ['c'], c: ['d', 'b'], d: [] }
  expect(circleIn(new Map(Object.entries(imports)))).toEqual(['b', 'c', 'b'])
})
