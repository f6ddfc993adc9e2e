import { execFileSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ, EVENT_WRITE, EXCLUSIVE, SystemError } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { pipe } from '@selectors/socket'

let opened: { close(): void }[] = []
afterEach(() => {
  for (const thing of opened.reverse()) thing.close()
  opened = []
})

// The kernel nests epolls only so deep (ELOOP), and the event loop's is one of them; each selector is one, or two where
// its fileno() is used. libuv ends the process when it is refused.
describe.each([1, 2, 3, 4])('a selector around %i others', (depth) => {
  it.each(['their descriptors', 'the set of the innermost'])('is waited for, or refused, over %s', async (over) => {
    const [reader, writer] = open(pipe())
    const set = lowestFree()
    const innermost = create()
    innermost.register(reader, EVENT_READ)
    const outermost = create()
    outermost.register(writer, EVENT_WRITE)
    expect(await outermost.selectAsync()).toHaveLength(1)
    // Long enough for the loop to find that nobody waits, and to let go of the descriptor.
    await setTimeout(5)
    outermost.unregister(writer)

    try {
      let inner: EpollSelector | number = over === 'their descriptors' ? innermost : set
      for (let i = 1; i < depth; i++) {
        const outer = create()
        outer.register(inner, EVENT_READ)
        inner = outer
      }
      outermost.register(inner, EVENT_READ)
      writer.write('x')
      expect(await outermost.selectAsync()).toHaveLength(1)
    } catch (error) {
      expect(error).toBeInstanceOf(SystemError)
      expect(error).toMatchObject({ code: 'ELOOP' })
    }
  })
})

it('one around another that is around it is refused, by one that takes any descriptor as well', () => {
  const inner = new EpollSelector({ anyDescriptor: true })
  opened.push(inner)
  const outer = create()
  outer.register(inner, EVENT_READ)
  expect(() => inner.register(outer, EVENT_READ)).toThrow(expect.objectContaining({ code: 'ELOOP' }))
  expect(inner.select(0)).toEqual([])
})

it('selectors that wait for one file are too many for others to wait for, where the system says so', () => {
  const [reader] = open(pipe())
  const outer = create()
  const tooMany = () => {
    for (let i = 0; i < 200; i++) {
      const inner = create()
      inner.register(reader, EVENT_READ)
      outer.register(inner, EVENT_READ)
    }
  }
  expect(tooMany).toThrow('or too many selectors wait for the same file through others')
})

it('has no descriptor for others while it has too many of one file, and one once it has fewer', () => {
  const selector = create()
  const [reader, writer] = open(pipe())
  const dups = open(Array.from({ length: 600 }, () => reader.dup()))
  for (const dup of dups) selector.register(dup, EVENT_READ)
  const message =
    'EINVAL: invalid argument, epoll_ctl: it has too many descriptors of one file for others to wait for it'
  expect(() => selector.fileno()).toThrow(message)
  const outer = create()
  expect(() => outer.register(selector, EVENT_READ)).toThrow(message)
  expect([outer.getMap().size, selector.getMap().size]).toEqual([0, 600])
  for (const dup of dups.slice(0, 510)) selector.unregister(dup)
  const key = outer.register(selector, EVENT_READ)
  writer.write('x')
  expect(outer.select(0)).toEqual([[key, EVENT_READ]])
  expect(selector.select(0)).toHaveLength(90)
})

it('is refused where the event loop cannot poll it any more, and no thread can be had, and nothing else happens', () => {
  const program = `
    const { closeSync, openSync } = require('node:fs')
    const { setTimeout } = require('node:timers/promises')
    const { EpollSelector } = require('@selectors/epoll')
    const { pipe } = require('@selectors/socket')
    const [reader, writer] = pipe()
    /** A selector that the event loop has polled, and polls no more. */
    const create = async () => {
      const selector = new EpollSelector()
      selector.register(writer, 2)
      await selector.selectAsync()
      await setTimeout(5)
      selector.unregister(writer)
      return selector
    }
    /** As deep as it can be while the loop does not poll it. */
    const nest = async () => {
      const set = openSync('/dev/null', 'r')
      closeSync(set)
      const innermost = new EpollSelector()
      innermost.register(reader, 1)
      for (let inner = set; ; ) {
        const outer = await create()
        try {
          outer.register(inner, 1)
        } catch {
          return inner
        }
        inner = outer
      }
    }
    nest().then(async (outermost) => {
      const taken = []
      try {
        for (;;) taken.push(openSync('/dev/null', 'r'))
      } catch {}
      const code = await outermost.selectAsync().catch(({ code }) => code)
      for (const fd of taken) closeSync(fd)
      await setTimeout(20)
      writer.write('x')
      console.log(code, outermost.select(0).length)
    })`
  const command = 'ulimit -n 100; exec "$0" -e "$1"'
  const said = execFileSync('sh', ['-c', command, process.execPath, program], { cwd: __dirname, encoding: 'utf8' })
  expect(said).toBe('EMFILE 1\n')
})

it.each(['an event loop', 'a thread'])(
  'is ready for no wake-up that has ended a wait, where %s has waited too',
  async (who) => {
    const [outer, inner] = [create(), create()]
    const [reader] = open(pipe())
    outer.register(inner, EVENT_READ)
    // The event loop cannot wait for these.
    inner.register(reader, who === 'a thread' ? EVENT_READ | EXCLUSIVE : EVENT_READ)
    const controller = new AbortController()
    const wait = inner.selectAsync({ signal: controller.signal })
    inner.wakeup()
    expect(inner.select(0)).toEqual([])
    controller.abort(new Error('given up'))
    await expect(wait).rejects.toThrow('given up')
    expect(outer.select(0.01)).toEqual([])
    inner.wakeup()
    expect(outer.select(0.01)).toHaveLength(1)
    expect(inner.select()).toEqual([])
  },
)

function create(): EpollSelector {
  const selector = new EpollSelector()
  opened.push(selector)
  return selector
}

function open<Ends extends readonly { close(): void }[]>(ends: Ends): Ends {
  opened.push(...ends)
  return ends
}

/** The number that the next selector's set gets. */
function lowestFree(): number {
  const fd = openSync('/dev/null', 'r')
  closeSync(fd)
  return fd
}
