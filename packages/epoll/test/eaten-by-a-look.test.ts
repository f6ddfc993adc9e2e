import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// A change of the table of mounts is EVENT_PRIORITY once: whatever looks first takes it, also an epoll set or an event loop that
// polls the queue from without. Each test has a namespace of its own, which takes root.
const directory = mkdtempSync(join(tmpdir(), 'selectors-mount-'))
afterAll(() => rmdirSync(directory))

const own = ['--mount', '--propagation', 'private']
const mayUnshare = spawnSync('unshare', [...own, 'true']).status === 0
if (!mayUnshare) console.warn('not run, for want of root: mounts in a namespace of their own')

/** What each program starts with. It prints the masks that it is told. */
const preamble = `
  const { execFileSync } = require('node:child_process')
  const { openSync } = require('node:fs')
  const { setTimeout } = require('node:timers/promises')
  const { EVENT_ERROR, EVENT_PRIORITY, EVENT_READ, EpollSelector } = require('@selectors/epoll')
  const { pipe } = require('@selectors/socket')
  const selector = new EpollSelector()
  const mounts = openSync('/proc/self/mounts', 'r')
  const mount = () => execFileSync('mount', ['-t', 'tmpfs', 'none', ${JSON.stringify(directory)}])
  const unmount = () => execFileSync('umount', [${JSON.stringify(directory)}])
  const masks = []
  const take = (batch) => masks.push(...(batch.length === 0 ? [0] : batch.map(([, mask]) => mask)))`
const PRIORITY = 1 << 16

const programs: readonly [name: string, program: string, masks: number[]][] = [
  [
    'select()',
    `selector.register(mounts, EVENT_PRIORITY)
     take(selector.select(0)); mount(); take(selector.select(2)); take(selector.select(0)); unmount(); take(selector.select(2))`,
    [0, PRIORITY, 0, PRIORITY],
  ],
  [
    'selectAsync(), before and while it waits',
    `selector.register(mounts, EVENT_PRIORITY)
     for (let round = 0; round < 5; round++) {
       mount(); take(await selector.selectAsync({ timeout: 2 }))
       const wait = selector.selectAsync({ timeout: 2 }); await setTimeout(10); unmount(); take(await wait)
     }
     take(await selector.selectAsync({ timeout: 0.02 }))`,
    [...Array<number>(10).fill(PRIORITY), 0],
  ],
  [
    'selectAsync() that the event loop polled for at first',
    `const [reader, writer] = pipe()
     const key = selector.register(reader, EVENT_READ)
     const first = selector.selectAsync({ timeout: 2 }); await setTimeout(10)
     selector.register(mounts, EVENT_PRIORITY); mount(); take(await first)
     const second = selector.selectAsync({ timeout: 2 }); await setTimeout(10); writer.write('x'); take(await second)
     selector.modify(mounts, EVENT_READ); selector.unregister(reader); selector.modify(mounts, EVENT_PRIORITY)
     const third = selector.selectAsync({ timeout: 2 }); await setTimeout(10); unmount(); take(await third)`,
    [PRIORITY, 1, PRIORITY],
  ],
  [
    'selectAsync() after one that was given up',
    `selector.register(mounts, EVENT_PRIORITY)
     const controller = new AbortController()
     const wait = selector.selectAsync({ signal: controller.signal }); await setTimeout(10)
     mount(); controller.abort(); await wait.catch(() => {})
     take(await selector.selectAsync({ timeout: 2 })); unmount(); take(selector.select(2))`,
    [PRIORITY, PRIORITY],
  ],
  [
    'select() beside selectAsync(), each change once',
    `selector.register(mounts, EVENT_PRIORITY)
     const wait = selector.selectAsync({ timeout: 0.5 }); await setTimeout(10)
     mount(); take(selector.select(2)); unmount(); take(selector.select(2)); take(await wait)`,
    [PRIORITY, PRIORITY, 0],
  ],
  [
    'EVENT_ERROR as well, which the change is too',
    `selector.register(mounts, EVENT_PRIORITY | EVENT_ERROR)
     mount(); take(await selector.selectAsync({ timeout: 2 })); unmount(); take(selector.select(2))`,
    [PRIORITY | (1 << 18), PRIORITY | (1 << 18)],
  ],
]

;(mayUnshare ? describe : describe.skip)('a change of the table of mounts is told to', () => {
  it.each(programs)('%s', (_name, program, masks) => {
    const source = `${preamble};(async () => { ${program}; console.log(JSON.stringify(masks)) })()`
    const args = [...own, process.execPath, '-e', source]
    const stdout = execFileSync('unshare', args, { cwd: __dirname, encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual(masks)
  })
})
