import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EXCLUSIVE,
  ONE_SHOT,
  type Supports,
} from '@selectors/core'

const backends = ['epoll', 'kqueue', 'devpoll', 'afd', 'poll', 'select']
/** Each with the name by which a cell of the table excepts it, or restricts itself to some. */
const platforms = { linux: 'Linux', darwin: 'macOS', openbsd: 'OpenBSD', freebsd: 'FreeBSD', win32: 'Windows' }
const bits = { EVENT_PRIORITY, EVENT_HANGUP, EVENT_ERROR, ONE_SHOT, EDGE_TRIGGERED, EXCLUSIVE }

const rows = readFileSync(join(__dirname, '../../README.md'), 'utf8').split('\n')
const cellsOf = (name: string) => (rows.find((row) => row.startsWith('| ') && row.includes(name)) ?? '').split('|')

describe.each(Object.entries(platforms))('on %s the README says', (platform, system) => {
  // Where kqueue is an emulation, it has urgent data, as on macOS.
  const here = backends.filter((backend) => backend !== 'kqueue' || !['linux', 'win32'].includes(platform))
  const all = here.map((backend) => supportsOf(backend, platform))

  it.each(Object.entries(bits))('who has %s', (name, bit) => {
    expect(said(`\`${name}\``)).toEqual(all.map(({ events, modes }) => ((events | modes) & bit) !== 0))
  })

  it('who has anyDescriptor', () => {
    expect(said('`anyDescriptor: true`')).toEqual(all.map(({ anyDescriptor }) => anyDescriptor))
  })

  /** Whether each backend has something here: `yes`, `no`, `yes, on Windows no`, or the names of some systems. */
  function said(name: string): boolean[] {
    const cells = cellsOf(name).slice(2)
    return here.map((backend) => {
      const cell = cells[backends.indexOf(backend)] ?? ''
      if (cell.includes(`on ${system} no`)) return false
      return /^ (yes|not needed)/.test(cell) || cell.includes(system)
    })
  }
})

/** What a backend declares where it is loaded on some system. */
function supportsOf(backend: string, platform: string): Supports {
  const real = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor
  Object.defineProperty(process, 'platform', { ...real, value: platform })
  let supports: Supports | undefined
  try {
    jest.isolateModules(() => {
      const [Selector] = Object.entries(require(`@selectors/${backend}`) as Record<string, { supports: Supports }>)
        .filter(([name]) => name.toLowerCase() === `${backend}selector`)
        .map(([, value]) => value)
      supports = Selector?.supports
    })
  } finally {
    Object.defineProperty(process, 'platform', real)
  }
  if (supports === undefined) throw new Error(`@selectors/${backend} has no selector`)
  return supports
}
