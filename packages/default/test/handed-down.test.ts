import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { EVENT_PRIORITY, EVENT_READ } from '@selectors/core'

// Descriptors that Node cannot make: a C program hands them down to one of Node's, as 3, and has something happen for each byte on 4.
const results = join(__dirname, '..', '.results')
const launcher = join(results, 'handed-down')
const isLinux = process.platform === 'linux'
if (isLinux) {
  mkdirSync(results, { recursive: true })
  execFileSync(process.env.CC ?? 'cc', ['-Wall', '-Wextra', '-o', launcher, join(__dirname, 'handed-down.c')])
}

const NOT_ALLOWED = 77
const both = EVENT_READ | EVENT_PRIORITY

const programs: readonly [kind: 'pty' | 'perf', name: string, program: string, masks: number[]][] = [
  [
    'pty',
    'a packet of a pseudo-terminal until it is read, to select()',
    `selector.register(3, EVENT_READ | EVENT_PRIORITY)
     take(selector.select(0)); happen(); take(selector.select(2)); take(selector.select(0)); read(); take(selector.select(0))`,
    [0, both, both, 0],
  ],
  [
    'pty',
    'a packet of a pseudo-terminal until it is read, to selectAsync()',
    `selector.register(3, EVENT_PRIORITY)
     for (let round = 0; round < 3; round++) {
       const wait = selector.selectAsync({ timeout: 2 }); await setTimeout(10); happen(); take(await wait)
       take(await selector.selectAsync({ timeout: 2 })); read(); take(await selector.selectAsync({ timeout: 0.02 }))
     }`,
    Array<number[]>(3).fill([EVENT_PRIORITY, EVENT_PRIORITY, 0]).flat(),
  ],
  [
    'perf',
    'an event of a ring once, to select()',
    `selector.register(3, EVENT_READ)
     for (let round = 0; round < 3; round++) { take(selector.select(0)); happen(); take(selector.select(2)) }`,
    [0, EVENT_READ, 0, EVENT_READ, 0, EVENT_READ],
  ],
  [
    'perf',
    'an event of a ring once, to selectAsync() that is to keep what it finds',
    `const events = EVENT_READ | EVENT_PRIORITY | ONE_SHOT
     selector.register(3, events)
     for (let round = 0; round < 3; round++) {
       const wait = selector.selectAsync({ timeout: 2 }); await setTimeout(10); happen(); take(await wait)
       selector.modify(3, events); happen(); take(await selector.selectAsync({ timeout: 2 }))
       selector.modify(3, events); take(await selector.selectAsync({ timeout: 0.02 }))
     }`,
    Array<number[]>(3).fill([EVENT_READ, EVENT_READ, 0]).flat(),
  ],
  [
    'perf',
    'an event of a ring that an iteration has not delivered',
    `const [, writer] = pipe()
     selector.register(writer, EVENT_WRITE)
     selector.register(3, EVENT_READ | EVENT_PRIORITY | ONE_SHOT)
     happen(); await setTimeout(50)
     const seen = []
     for await (const [key, mask] of selector) { seen.push([key, mask]); break }
     seen.push(...selector.select(0), ...selector.select(0))
     take(seen.filter(([key]) => key.fd === 3))`,
    [EVENT_READ],
  ],
]

/** What each program starts with. It prints the masks that it is told. */
const preamble = (backend: string, name: string) => `
  const { readSync, writeSync } = require('node:fs')
  const { setTimeout } = require('node:timers/promises')
  const { EVENT_PRIORITY, EVENT_READ, EVENT_WRITE, ONE_SHOT, ${name} } = require('@selectors/${backend}')
  const { pipe } = require('@selectors/socket')
  const selector = new ${name}()
  const happen = () => writeSync(4, 'x')
  const read = () => readSync(3, Buffer.alloc(8))
  const masks = []
  const take = (batch) => masks.push(...(batch.length === 0 ? [0] : batch.map(([, mask]) => mask)))`

const allowed = new Set(
  ['pty', 'perf'].filter((kind) => isLinux && spawnSync(launcher, [kind, 'true']).status !== NOT_ALLOWED),
)
for (const kind of ['pty', 'perf'])
  if (!allowed.has(kind)) console.warn(`not run: the system does not let us have a ${kind}`)

describe.each([
  ['epoll', 'EpollSelector'],
  ['poll', 'PollSelector'],
  ['select', 'SelectSelector'],
])('%s tells', (backend, name) => {
  for (const [kind, title, program, masks] of programs) {
    const run = allowed.has(kind) ? it : it.skip
    run(
      title,
      () => {
        const source = `${preamble(backend, name)};(async () => { ${program}; console.log(JSON.stringify(masks)) })()`
        const args = [kind, process.execPath, '-e', source]
        const stdout = execFileSync(launcher, args, { cwd: __dirname, encoding: 'utf8', timeout: 20_000 })
        expect(JSON.parse(stdout)).toEqual(masks)
      },
      30_000,
    )
  }
})
