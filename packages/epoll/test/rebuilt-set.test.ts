import { execFileSync } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync, readlinkSync } from 'node:fs'
import { EVENT_READ, EVENT_WRITE, ONE_SHOT } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { pipe, socketpair } from '@selectors/socket'

// The set that takes the place of one with a registration that cannot be removed any more.
const O_CLOEXEC = 0o2000000
/** Descriptors of one file for which another selector can wait through one: the third of path_limits in fs/eventpoll.c. */
const MOST_THROUGH_ANOTHER = 100

let opened: { close(): void }[] = []
afterEach(() => {
  for (const thing of opened.reverse()) thing.close()
  opened = []
})

it('is closed on exec, as the first one is', () => {
  const set = lowestFree()
  const selector = keep(new EpollSelector())
  expect(flagsOf(set) & O_CLOEXEC).toBe(O_CLOEXEC)
  leaveStale(selector)
  const rebuilt = lowestFree()
  expect(selector.select(0)).toEqual([])
  expect(readlinkSync(`/proc/self/fd/${rebuilt}`)).toBe('anon_inode:[eventpoll]')
  expect(flagsOf(rebuilt) & O_CLOEXEC).toBe(O_CLOEXEC)
  expect(execFileSync('ls', ['-l', '/proc/self/fd'], { encoding: 'utf8' })).not.toContain('eventpoll')
})

it('does without a descriptor whose number a regular file has by now', () => {
  const selector = keep(new EpollSelector())
  const [reader, writer] = keepAll(pipe())
  const key = selector.register(reader, EVENT_READ)
  const [closed] = keepAll(pipe())
  const fd = closed.fileno()
  selector.register(closed, EVENT_READ)
  closed.close()
  const file = openSync(__filename, 'r')
  keep({ close: () => closeSync(file) })
  expect(file).toBe(fd)
  leaveStale(selector)
  expect(selector.select(0)).toEqual([])
  writer.write('x')
  expect(selector.select(0)).toEqual([[key, EVENT_READ]])
})

it('does without a descriptor whose number a selector around it has by now', () => {
  const selector = keep(new EpollSelector())
  const [reader, writer] = keepAll(pipe())
  const key = selector.register(reader, EVENT_READ)
  selector.fileno()
  const [closed] = keepAll(pipe())
  const { fd } = selector.register(closed, EVENT_READ)
  closed.close()
  expect(lowestFree()).toBe(fd)
  const outer = keep(new EpollSelector())
  outer.register(selector, EVENT_READ)
  leaveStale(selector)
  expect(selector.select(0)).toEqual([])
  writer.write('x')
  expect(selector.select(0)).toEqual([[key, EVENT_READ]])
})

it('does without a descriptor whose number a file has by now that too many wait for', () => {
  const selector = keep(new EpollSelector())
  const outer = keep(new EpollSelector())
  const [reader, writer] = keepAll(pipe())
  const [closed] = keepAll(pipe())
  const dups = Array.from({ length: MOST_THROUGH_ANOTHER }, () => keep(reader.dup()))
  for (const dup of dups) selector.register(dup, EVENT_READ)
  const { fd } = selector.register(closed, EVENT_READ)
  outer.register(selector, EVENT_READ)
  closed.close()
  expect(keep(reader.dup()).fileno()).toBe(fd)
  leaveStale(selector)
  expect(selector.select(0)).toEqual([])
  writer.write('x')
  expect(selector.select(0)).toHaveLength(dups.length)
})

it('takes the place of one that has as many descriptors of one file as others can wait for', () => {
  const selector = keep(new EpollSelector())
  const outer = keep(new EpollSelector())
  const [end, other] = keepAll(socketpair())
  // Too many to be there twice.
  for (let i = 0; i < MOST_THROUGH_ANOTHER - 1; i++) selector.register(keep(end.dup()), EVENT_READ)
  const outerKey = outer.register(selector, EVENT_READ)
  const closed = end.dup()
  const { fd } = selector.register(closed, EVENT_WRITE)
  closed.close()
  selector.unregister(fd)
  expect(selector.select(0)).toEqual([])
  other.send('x')
  expect(outer.select(0)).toEqual([[outerKey, EVENT_READ]])
  expect(selector.select(0)).toHaveLength(MOST_THROUGH_ANOTHER - 1)
})

it('is not ready for a shot that was reported before', () => {
  const selector = keep(new EpollSelector())
  const outer = keep(new EpollSelector())
  outer.register(selector, EVENT_READ)
  const [reader, writer] = keepAll(pipe())
  const key = selector.register(reader, EVENT_READ | ONE_SHOT)
  writer.write('x')
  expect(selector.select(0)).toEqual([[key, EVENT_READ]])
  leaveStale(selector)
  expect(outer.select(0)).toHaveLength(1)
  expect(selector.select(0)).toEqual([])
  expect(outer.select(0)).toEqual([])
  // Of a hang-up the system tells in any case.
  writer.close()
  expect(selector.select(0)).toEqual([])
})

it('still has files that are always ready', () => {
  const selector = keep(new EpollSelector({ anyDescriptor: true }))
  const file = openSync(__filename, 'r')
  keep({ close: () => closeSync(file) })
  const key = selector.register(file, EVENT_READ)
  leaveStale(selector)
  for (let i = 0; i < 3; i++) expect(selector.select(0)).toEqual([[key, EVENT_READ]])
})

it('has descriptors with high numbers too', () => {
  const selector = keep(new EpollSelector())
  const [reader, writer] = keepAll(pipe())
  const twins = keepAll(Array.from({ length: 1100 }, () => reader.dup()))
  const key = selector.register(twins.at(-1) as (typeof twins)[0], EVENT_READ)
  expect(key.fd).toBeGreaterThan(1024)
  leaveStale(selector)
  expect(selector.select(0)).toEqual([])
  writer.write('x')
  expect(selector.select(0)).toEqual([[key, EVENT_READ]])
})

it('gets no number of a descriptor that was closed while it was registered, nor does the queue around it', () => {
  const selector = keep(new EpollSelector())
  const [reader, writer] = keepAll(pipe())
  const key = selector.register(reader, EVENT_READ)
  const [closed] = keepAll(pipe())
  const { fd } = selector.register(closed, EVENT_READ)
  leaveStale(selector)
  closed.close()
  expect(selector.select(0)).toEqual([])
  expect(() => fstatSync(fd)).toThrow('EBADF')
  selector.fileno()
  expect(() => fstatSync(fd)).toThrow('EBADF')
  writer.write('x')
  expect(selector.select(0)).toEqual([[key, EVENT_READ]])
})

/** Has the selector's set hold a registration, of something that is ready, which cannot be removed. */
function leaveStale(selector: EpollSelector): void {
  const [local, remote] = socketpair()
  keepAll([local.dup(), remote])
  selector.register(local, EVENT_READ)
  remote.send('data that nobody reads')
  local.close()
  selector.unregister(local)
}

function flagsOf(fd: number): number {
  const [, flags] = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? []
  return Number.parseInt(flags ?? '', 8)
}

/** The number that the next descriptor gets. */
function lowestFree(): number {
  const fd = openSync('/dev/null', 'r')
  closeSync(fd)
  return fd
}

function keep<Thing extends { close(): void }>(thing: Thing): Thing {
  opened.push(thing)
  return thing
}

function keepAll<Things extends readonly { close(): void }[]>(things: Things): Things {
  opened.push(...things)
  return things
}
