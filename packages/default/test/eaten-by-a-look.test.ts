import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EVENT_ERROR, EVENT_PRIORITY } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'

// A change of the table of mounts, or of the host's name, is EVENT_PRIORITY once: whatever looks first takes it, also an epoll set or an
// event loop that polls the queue from without. That happens in namespaces of its own, which takes root.
const directory = mkdtempSync(join(tmpdir(), 'selectors-mount-'))
afterAll(() => rmdirSync(directory))

const own = ['--mount', '--uts', '--propagation', 'private']
const mayUnshare = spawnSync('unshare', [...own, 'true']).status === 0
if (!mayUnshare) console.warn('not run, for want of root: mounts and a host name in namespaces of their own')

/**
 * What looking takes: the file, how it changes, and how it changes again; and whether nothing else tells of a change: Linux tells one
 * namespace of the host names of all, see kernel/utsname_sysctl.c.
 */
const objects = [
  {
    what: 'the table of mounts',
    isOwn: true,
    path: '/proc/self/mounts',
    change: `execFileSync('mount', ['-t', 'tmpfs', 'none', ${JSON.stringify(directory)}])`,
    changeAgain: `execFileSync('umount', [${JSON.stringify(directory)}])`,
  },
  {
    what: 'the name of the host',
    isOwn: false,
    path: '/proc/sys/kernel/hostname',
    change: `writeFileSync('/proc/sys/kernel/hostname', 'changed')`,
    changeAgain: `writeFileSync('/proc/sys/kernel/hostname', 'changed-again')`,
  },
]

const programs: readonly [name: string, program: string, masks: number[]][] = [
  [
    'select()',
    `selector.register(file, EVENT_PRIORITY)
     take(selector.select(0)); change(); take(selector.select(2)); take(selector.select(0)); changeAgain(); take(selector.select(2))`,
    [0, EVENT_PRIORITY, 0, EVENT_PRIORITY],
  ],
  [
    'selectAsync(), before and while it waits',
    `selector.register(file, EVENT_PRIORITY)
     for (let round = 0; round < 5; round++) {
       change(); take(await selector.selectAsync({ timeout: 2 }))
       const wait = selector.selectAsync({ timeout: 2 }); await setTimeout(10); changeAgain(); take(await wait)
     }
     take(await selector.selectAsync({ timeout: 0.02 }))`,
    [...Array<number>(10).fill(EVENT_PRIORITY), 0],
  ],
  [
    'selectAsync() that the event loop polled for at first',
    `const [reader, writer] = pipe()
     const key = selector.register(reader, EVENT_READ)
     const first = selector.selectAsync({ timeout: 2 }); await setTimeout(10)
     selector.register(file, EVENT_PRIORITY); change(); take(await first)
     const second = selector.selectAsync({ timeout: 2 }); await setTimeout(10); writer.write('x'); take(await second)
     selector.modify(file, EVENT_READ); selector.unregister(reader); selector.modify(file, EVENT_PRIORITY)
     const third = selector.selectAsync({ timeout: 2 }); await setTimeout(10); changeAgain(); take(await third)`,
    [EVENT_PRIORITY, 1, EVENT_PRIORITY],
  ],
  [
    'selectAsync() after one that was given up',
    `selector.register(file, EVENT_PRIORITY)
     const controller = new AbortController()
     const wait = selector.selectAsync({ signal: controller.signal }); await setTimeout(10)
     change(); controller.abort(); await wait.catch(() => {})
     take(await selector.selectAsync({ timeout: 2 })); changeAgain(); take(selector.select(2))`,
    [EVENT_PRIORITY, EVENT_PRIORITY],
  ],
  [
    'select() beside selectAsync(), each change once',
    `selector.register(file, EVENT_PRIORITY)
     const wait = selector.selectAsync({ timeout: 0.5 }); await setTimeout(10)
     change(); take(selector.select(2)); changeAgain(); take(selector.select(2)); take(await wait)`,
    [EVENT_PRIORITY, EVENT_PRIORITY, 0],
  ],
  [
    'who waits after an iteration that has not delivered it',
    `selector.register(file, EVENT_PRIORITY); selector.register(open(), EVENT_PRIORITY)
     change(); for await (const ready of selector) { take([ready]); break }
     take(selector.select()); take(selector.select(0))
     changeAgain(); for await (const ready of selector) { take([ready]); break }
     take(await selector.selectAsync()); take(selector.select(0))`,
    [EVENT_PRIORITY, EVENT_PRIORITY, 0, EVENT_PRIORITY, EVENT_PRIORITY, 0],
  ],
  [
    'EVENT_ERROR as well, which the change is too',
    `selector.register(file, EVENT_PRIORITY | EVENT_ERROR)
     change(); take(await selector.selectAsync({ timeout: 2 })); changeAgain(); take(selector.select(2))`,
    [EVENT_PRIORITY | EVENT_ERROR, EVENT_PRIORITY | EVENT_ERROR],
  ],
]

const described = mayUnshare ? describe : describe.skip
for (const Selector of [EpollSelector, PollSelector, SelectSelector]) {
  const { events } = Selector.supports
  const backend = Selector.name.replace('Selector', '').toLowerCase()
  for (const { what, isOwn, path, change, changeAgain } of objects) {
    const possible = programs.filter(
      ([name, , masks]) => (events & EVENT_ERROR || !name.startsWith('EVENT_ERROR')) && (isOwn || !masks.includes(0)),
    )
    /** Takes these programs, one after the other, and prints the masks that each is told. */
    const source = `
      const { execFileSync } = require('node:child_process')
      const { openSync, writeFileSync } = require('node:fs')
      const { setTimeout } = require('node:timers/promises')
      const { EVENT_ERROR, EVENT_PRIORITY, EVENT_READ, ${Selector.name} } = require('@selectors/${backend}')
      const { pipe } = require('@selectors/socket')
      const open = () => openSync('${path}', 'r')
      const change = () => ${change}
      const changeAgain = () => ${changeAgain}
      const programs = {${possible.map(([name, program]) => `${JSON.stringify(name)}: async (selector, file, take) => {${program}}`)}}
      const main = async () => {
        const told = {}
        for (const [name, program] of Object.entries(programs)) {
          const masks = told[name] = []
          const take = (batch) => masks.push(...(batch.length === 0 ? [0] : batch.map(([, mask]) => mask)))
          const selector = new ${Selector.name}()
          await program(selector, open(), take).catch((error) => masks.push(String(error)))
          selector.close()
        }
        console.log(JSON.stringify(told))
      }
      main()`

    described(`${Selector.name} tells a change of ${what} to`, () => {
      let told: Record<string, unknown>
      beforeAll(() => {
        const args = [...own, process.execPath, '-e', source]
        told = JSON.parse(execFileSync('unshare', args, { cwd: __dirname, encoding: 'utf8', timeout: 80_000 }))
      })

      it.each(possible)('%s', (name, _program, masks) => expect(told[name]).toEqual(masks))
    })
  }
}
