import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const home = join(__dirname, '..')
const output = mkdtempSync(join(tmpdir(), 'selectors-bench-'))
// The server takes a second for each contender, and needs wrk: it has a test of its own below.
const cases = ['ready', 'churn', 'relay', 'wake', 'latency', 'cores', 'shares', 'memory', 'start', 'growth', 'company']

interface Spread {
  readonly median: number
}

interface CaseReport {
  readonly name: string
  readonly outcomes: {
    costs: Record<string, Spread>
    verdicts: { contender: string; reached: Spread; met: boolean }[]
  }[]
}

let reports: CaseReport[] = []

beforeAll(() => {
  const main = join(home, 'dist', 'main.js')
  execFileSync(process.execPath, [main, '--smoke', '--output', output, ...cases], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  reports = JSON.parse(readFileSync(join(output, 'results.json'), 'utf8')).cases
})

afterAll(() => rmSync(output, { recursive: true }))

it('measures each case', () => {
  expect(reports.map(({ name }) => name)).toEqual(cases)
})

describe.each(cases)('%s', (name) => {
  const outcomes = () => reports.find((report) => report.name === name)?.outcomes ?? []

  it('has a cost for each contender', () => {
    const costs = outcomes().flatMap((outcome) => Object.values(outcome.costs).map(({ median }) => median))
    expect(costs.length).toBeGreaterThan(0)
    for (const cost of costs) expect(Number.isFinite(cost)).toBe(true)
  })

  it('compares them', () => {
    for (const { verdicts } of outcomes()) {
      for (const { reached } of verdicts) expect(Number.isFinite(reached.median)).toBe(true)
    }
  })

  it('is in the table and drawn', () => {
    expect(readFileSync(join(output, 'results.md'), 'utf8')).toContain(`(./${name}.svg)`)
    const drawing = readFileSync(join(output, `${name}.svg`), 'utf8')
    expect(drawing).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
    expect(drawing).not.toMatch(/NaN|Infinity|undefined/)
  })
})

it('says how large a share the busiest of two workers has', () => {
  const shares = reports.find(({ name }) => name === 'shares')?.outcomes.flatMap(({ costs }) => Object.values(costs))
  expect(shares?.length).toBeGreaterThan(1)
  for (const { median } of shares ?? []) {
    expect(median).toBeGreaterThanOrEqual(50)
    expect(median).toBeLessThanOrEqual(100)
  }
})

describe('the server', () => {
  const node = (program: string, ...args: string[]) => [
    process.execPath,
    join(home, 'dist', 'programs', 'server', `${program}.js`),
    ...args,
  ]
  const servers = [
    ['in a loop over select()', ...node('select')],
    ['in such a loop in a worker', ...node('worker')],
    ['in a loop of for await', ...node('iterator')],
    ['on node:net', ...node('net')],
    ['on node:http', ...node('http')],
    ['in Python', 'python3', join(home, 'python', 'server.py')],
  ]

  it.each(servers)('%s answers two requests on one connection', (_name, ...command) =>
    serve(command, async (url) => {
      for (let i = 0; i < 2; i++) expect(await (await fetch(url)).text()).toBe('Hello, world!')
    }),
  )

  const severalWorkers = [
    ['with a listener for each', ...node('workers', '2', 'own', '10')],
    ['of node:cluster', ...node('cluster', '2', '10')],
  ]

  it.each(severalWorkers)('in two workers %s, both of which answer', (_name, ...command) =>
    serve(command, async (url) => {
      const bodies = new Set<string>()
      // Linux deals out by the port of the client, which differs each time.
      while (bodies.size < 2) bodies.add(await (await fetch(url, { headers: { connection: 'close' } })).text())
      expect([...bodies].sort()).toEqual(['Hello from 1', 'Hello from 2'])
    }),
  )

  it('in two workers with one listener, of which one or the other answers', () =>
    serve(node('workers', '2', 'shared', '10'), async (url) => {
      for (let i = 0; i < 2; i++) expect(await (await fetch(url)).text()).toMatch(/^Hello from [12]$/)
    }))
})

async function serve([file, ...args]: string[], use: (url: string) => Promise<void>): Promise<void> {
  const server = spawn(file as string, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await use(`http://127.0.0.1:${await portOf(server)}/`)
  } finally {
    server.kill('SIGKILL')
  }
}

async function portOf(server: ChildProcess): Promise<number> {
  const [greeting] = await once(createInterface({ input: server.stdout as NodeJS.ReadableStream }), 'line')
  return Number(/^ready (\d+)$/.exec(greeting)?.[1])
}
