import { execFileSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { EVENT_ERROR, EVENT_HANGUP, EVENT_PRIORITY, EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { SHUT_WR, type Socket, socketpair } from '@selectors/socket'
import { connectForEach, local, selector } from './connected'

const BOTH = EVENT_READ | EVENT_WRITE

// Also on the real kernel.
connectForEach()

describe('a descriptor that is closed while it is registered', () => {
  it.each([EVENT_READ, EVENT_WRITE, BOTH])(
    'is ready for %d, which was waited for (POLLNVAL), until it is unregistered',
    (events) => {
      const key = selector.register(local, events)
      local.close()
      expect(selector.select()).toEqual([[key, events]])
      expect(selector.select()).toEqual([[key, events]])
      selector.unregister(local)
      expect(selector.select(0)).toEqual([])
    },
  )

  it('is the new file when its number is used again', () => {
    const key = selector.register(local, EVENT_READ)
    const [reader, writer] = takeOver(local)
    expect(selector.select(0)).toEqual([])
    writer.send('x')
    expect(selector.select(0)).toEqual([[key, EVENT_READ]])
    reader.close()
    writer.close()
  })
})

describe('a descriptor that is not open when it is registered', () => {
  it('is never reported, not even when it is opened, until it is registered again', () => {
    const fd = closedNumber()
    selector.register(fd, EVENT_READ)
    expect(selector.select(0.01)).toEqual([])
    expect(openSync('/dev/null', 'r')).toBe(fd)
    expect(selector.select(0.01)).toEqual([])
    selector.unregister(fd)
    const key = selector.register(fd, EVENT_READ)
    expect(selector.select()).toEqual([[key, EVENT_READ]])
    closeSync(fd)
  })

  it('reports nothing afterwards of what it was registered for', () => {
    const fd = closedNumber()
    selector.register(fd, EVENT_PRIORITY | EVENT_HANGUP)
    const [reader, writer] = socketpair()
    expect([reader.fileno(), writer.fileno()]).toContain(fd)
    const [registered, other] = reader.fileno() === fd ? [reader, writer] : [writer, reader]
    other.shutdown(SHUT_WR)
    selector.modify(fd, EVENT_ERROR)
    expect(selector.select(0)).toEqual([])
    for (const end of [registered, other]) end.close()
  })

  it('may have any number', () => {
    const keys = [2 ** 31 - 1, 1_000_000, 70_000].map((fd) => selector.register(fd, BOTH))
    const key = selector.register(local, EVENT_WRITE)
    expect(selector.select()).toEqual([[key, EVENT_WRITE]])
    for (const { fd, fileobj } of keys) expect(selector.unregister(fd).fileobj).toBe(fileobj)
  })
})

it('rounds a timeout up to milliseconds', () => {
  selector.register(local, EVENT_READ)
  let shortest = Number.POSITIVE_INFINITY
  for (let i = 0; i < 20; i++) {
    const start = process.hrtime.bigint()
    expect(selector.select(0.0021)).toEqual([])
    shortest = Math.min(shortest, Number(process.hrtime.bigint() - start))
  }
  expect(shortest).toBeGreaterThanOrEqual(3_000_000)
})

it('asks for fewer results than the process may have descriptors, with more keys than that', () => {
  const program = `
    const { DevpollSelector } = require(process.argv[1])
    const { socketpair } = require('@selectors/socket')
    const selector = new DevpollSelector()
    const ends = socketpair()
    selector.register(ends[0], 2)
    for (let fd = 1000; fd < 1200; fd++) selector.register(fd, 1)
    console.log(selector.select(0).length, selector.select().length)`
  const limited = ['-c', 'ulimit -n 64; exec "$0" "$@"', process.execPath, '-e', program]
  const stdout = execFileSync('sh', [...limited, require.resolve('./fixtures/emulated.cjs')], {
    cwd: __dirname,
    encoding: 'utf8',
  })
  expect(stdout).toBe('1 1\n')
})

/** A number that is not open, the lowest one. */
function closedNumber(): number {
  const fd = openSync('/dev/null', 'r')
  closeSync(fd)
  return fd
}

/** Closes a socket and has another one take its number. */
function takeOver(old: Socket): [Socket, Socket] {
  const fd = old.fileno()
  const [first, second] = socketpair()
  old.close()
  const twin = first.dup()
  first.close()
  expect(twin.fileno()).toBe(fd)
  return [twin, second]
}
