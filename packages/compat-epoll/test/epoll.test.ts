import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Epoll } from '@selectors/compat-epoll'
import { KeyError, SelectorClosedError, SystemError, ValueError } from '@selectors/epoll'
import { pipe } from '@selectors/socket'
import { Recorder, rounds } from './recorder'

const { EPOLLIN, EPOLLOUT } = Epoll
const directory = mkdtempSync(join(tmpdir(), 'selectors-compat-'))
afterAll(() => rmSync(directory, { recursive: true }))

let opened: { close(): void }[] = []
afterEach(() => {
  for (const end of opened) end.close()
  opened = []
})

function openPipe() {
  const ends = pipe()
  opened.push(...ends)
  return ends
}

/** A FIFO, which a plain descriptor stands for, with something to be read. */
function openFifo(name: string): number {
  const path = join(directory, name)
  execFileSync('mkfifo', [path])
  const fd = openSync(path, 'r+')
  writeSync(fd, name)
  return fd
}

it('each has its own descriptors and its own callback', async () => {
  const [reader, writer] = openPipe()
  const [readers, writers] = [new Recorder(), new Recorder()]
  readers.epoll.add(reader.fileno(), EPOLLIN)
  writers.epoll.add(writer.fileno(), EPOLLOUT)
  writer.write('x')
  await Promise.all([readers.times(1), writers.times(1)])
  expect(new Set(readers.told.map(([fd]) => fd))).toEqual(new Set([reader.fileno()]))
  expect(new Set(writers.told.map(([fd]) => fd))).toEqual(new Set([writer.fileno()]))
  for (const refused of [
    () => readers.epoll.remove(writer.fileno()),
    () => readers.epoll.modify(writer.fileno(), EPOLLIN),
    () => readers.epoll.add(writer.fileno(), EPOLLOUT),
  ])
    expect(refused).toThrow(KeyError)
  const told = writers.told.length
  readers.epoll.close()
  await writers.times(told + 1)
})

it('a callback that removes what is ready beside it is not called for that', async () => {
  const fds = [openFifo('one'), openFifo('two')] as const
  const recorder = new Recorder((fd) => recorder.epoll.remove(fd === fds[0] ? fds[1] : fds[0]).remove(fd))
  for (const fd of fds) recorder.epoll.add(fd, EPOLLIN)
  await recorder.times(1)
  await rounds(openPipe()[1].fileno())
  expect(recorder.told).toHaveLength(1)
  for (const fd of fds) closeSync(fd)
})

it('a callback may close it', async () => {
  const fds = [openFifo('three'), openFifo('four')] as const
  const recorder = new Recorder(() => expect(recorder.epoll.close()).toBe(null))
  for (const fd of fds) recorder.epoll.add(fd, EPOLLIN)
  await recorder.times(1)
  await rounds(openPipe()[1].fileno())
  expect(recorder.told).toHaveLength(1)
  for (const fd of fds) closeSync(fd)
})

it('a callback may remove and add again what it was called for', async () => {
  const fd = openFifo('five')
  const recorder = new Recorder(() => recorder.epoll.remove(fd).add(fd, EPOLLIN))
  recorder.epoll.add(fd, EPOLLIN)
  await recorder.times(10)
  recorder.epoll.close()
  closeSync(fd)
})

it('a number that was closed, not removed, can be added for what has it then', async () => {
  const old = openFifo('old')
  const recorder = new Recorder()
  recorder.epoll.add(old, EPOLLIN)
  closeSync(old)
  const fd = openFifo('new')
  expect(fd).toBe(old)
  const other = new Recorder()
  other.epoll.add(fd, EPOLLIN)
  await other.times(1)
  expect(() => recorder.epoll.remove(fd)).toThrow(KeyError)
  other.epoll.close()
  expect(recorder.told).toEqual([])
  closeSync(fd)
})

it('what was closed can be removed', () => {
  const fd = openFifo('closed')
  const { epoll } = new Recorder()
  epoll.add(fd, EPOLLIN)
  closeSync(fd)
  expect(epoll.remove(fd)).toBe(epoll)
  expect(() => epoll.remove(fd)).toThrow(KeyError)
})

it('refuses what cannot be', () => {
  const [reader] = openPipe()
  const { epoll } = new Recorder()
  const fd = reader.fileno()
  expect(() => new Epoll('callback' as never)).toThrow(ValueError)
  for (const bad of [undefined, null, '1', 0.5, Number.NaN, 1 << 20, 1 << 28, 2 ** 32, -(2 ** 31) - 1]) {
    expect(() => epoll.add(fd, bad as never)).toThrow(ValueError)
  }
  for (const bad of [undefined, 'x', -1, 0.5]) expect(() => epoll.add(bad as never, EPOLLIN)).toThrow(ValueError)
  expect(() => epoll.add(fd, EPOLLIN).add(fd, EPOLLIN)).toThrow(
    new KeyError(`fd ${fd} was added already: use modify(), or remove() it first`),
  )
  expect(() => epoll.modify(12345, EPOLLIN)).toThrow(KeyError)
  expect(() => epoll.add(12345, EPOLLIN)).toThrow(expect.objectContaining({ code: 'EBADF' }))
  const file = openSync(__filename, 'r')
  expect(() => epoll.add(file, EPOLLIN)).toThrow(SystemError)
  closeSync(file)
})

it('says when it is closed, and is of no use then', () => {
  const { epoll } = new Recorder()
  expect(epoll.closed).toBe(false)
  expect(epoll.close()).toBe(null)
  expect(epoll.closed).toBe(true)
  for (const refused of [
    () => epoll.add(0, EPOLLIN),
    () => epoll.modify(0, EPOLLIN),
    () => epoll.remove(0),
    () => epoll.close(),
  ])
    expect(refused).toThrow(SelectorClosedError)
})
