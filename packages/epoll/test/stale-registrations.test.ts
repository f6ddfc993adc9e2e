import { execFileSync } from 'node:child_process'
import { EVENT_READ, ONE_SHOT } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { pipe, type Socket, socketpair } from '@selectors/socket'

// A file that was closed under one descriptor while a dup of it lives cannot be removed from an epoll set any more.
let selector: EpollSelector
let local: Socket
let remote: Socket
let dup: Socket

beforeEach(() => {
  selector = new EpollSelector()
  ;[local, remote] = socketpair()
  dup = local.dup()
  selector.register(local, EVENT_READ)
  remote.send('data that nobody reads')
})
afterEach(() => {
  selector.close()
  for (const socket of [local, remote, dup]) socket.close()
})

/** Closes the registered socket before it unregisters it: the order that leaves its registration behind. */
function leaveStale(): number {
  const fd = local.fileno()
  local.close()
  selector.unregister(local)
  return fd
}

/** Moves an open socket to the descriptor `fd`, which is free and the lowest one. */
function reuse(fd: number, socket: Socket): Socket {
  const reused = socket.dup()
  expect(reused.fileno()).toBe(fd)
  return reused
}

it('waits for the whole timeout, asleep', () => {
  leaveStale()
  const start = process.hrtime.bigint()
  const cpu = process.cpuUsage()
  expect(selector.select(0.2)).toEqual([])
  const { user, system } = process.cpuUsage(cpu)
  expect(process.hrtime.bigint() - start).toBeGreaterThanOrEqual(200_000_000n)
  // Microseconds. A loop around the stale event would take all of the 200 000.
  expect(user + system).toBeLessThan(50_000)
})

it('does not report a number that an idle file has taken over', () => {
  const fd = leaveStale()
  const [idle, other] = socketpair()
  expect([idle.fileno(), other.fileno()]).toContain(fd)
  selector.register(idle, EVENT_READ)
  selector.register(other, EVENT_READ)
  expect(selector.select(0.05)).toEqual([])
  other.send('x')
  expect(selector.select(0).map(([key]) => key.fileobj)).toEqual([idle])
  idle.close()
  other.close()
})

it('still reports everything else, in the same call', () => {
  const [reader, writer] = pipe()
  const key = selector.register(reader, EVENT_READ)
  writer.write('x')
  leaveStale()
  expect(selector.select(0)).toEqual([[key, EVENT_READ]])
  expect(selector.select()).toEqual([[key, EVENT_READ]])
  reader.close()
  writer.close()
})

it('takes the same file over when it comes back under the same number', () => {
  const fd = leaveStale()
  const again = reuse(fd, dup)
  const key = selector.register(again, EVENT_READ)
  expect(selector.select(0)).toEqual([[key, EVENT_READ]])
  selector.unregister(again)
  expect(selector.select(0.02)).toEqual([])
  again.close()
})

it('takes it over in the mode in which it is registered then', () => {
  const again = reuse(leaveStale(), dup)
  const key = selector.register(again, EVENT_READ | ONE_SHOT)
  expect(selector.select(0)).toEqual([[key, EVENT_READ]])
  expect(selector.select(0)).toEqual([])
  again.close()
})

it('keeps fileno(), the registrations and who waits for them when the set is built anew', () => {
  using outer = new EpollSelector()
  const [reader, writer] = pipe()
  const key = selector.register(reader, EVENT_READ)
  const fileno = selector.fileno()
  const inner = outer.register(selector, EVENT_READ)
  leaveStale()
  expect(outer.select(0)).toEqual([[inner, EVENT_READ]])
  expect(selector.select(0)).toEqual([])
  expect(selector.fileno()).toBe(fileno)
  expect(outer.select(0)).toEqual([])
  writer.write('x')
  expect(outer.select(0)).toEqual([[inner, EVENT_READ]])
  expect(selector.select(0)).toEqual([[key, EVENT_READ]])
  reader.close()
  writer.close()
})

it('does not take a stranger for a closed file that was never unregistered', () => {
  const [reader, writer] = pipe()
  const key = selector.register(reader, EVENT_READ)
  reader.close()
  const [stranger, other] = socketpair()
  expect([stranger.fileno(), other.fileno()]).toContain(key.fd)
  stranger.send('x')
  other.send('x')
  expect(selector.select(0).map(([{ fd }]) => fd)).toEqual([local.fileno()])
  leaveStale()
  expect(selector.select(0.02)).toEqual([])
  expect(selector.select(0.02)).toEqual([])
  for (const file of [stranger, other, writer]) file.close()
})

describe('without a descriptor for a new set', () => {
  /** Takes all that there are, in a process that may have few. */
  const program = `
    const { closeSync, openSync } = require('node:fs')
    const { EpollSelector } = require('@selectors/epoll')
    const { pipe, socketpair } = require('@selectors/socket')
    const selector = new EpollSelector()
    const [local, remote] = socketpair()
    const dup = local.dup()
    const [reader, writer] = pipe()
    selector.register(local, 1)
    selector.register(reader, 1)
    remote.send('x')
    local.close()
    selector.unregister(local)
    const taken = []
    try {
      for (;;) taken.push(openSync('/dev/null', 'r'))
    } catch {}
    const codes = []
    const attempt = (task) => {
      try {
        codes.push(task())
      } catch (error) {
        codes.push(error.code)
      }
    }
    attempt(() => selector.select(0).length)
    writer.write('x')
    attempt(() => selector.select(0).length)
    attempt(() => new EpollSelector())
    for (const fd of taken) closeSync(fd)
    attempt(() => selector.select(0).length)
    reader.read(1)
    attempt(() => selector.select(0.01).length)
    console.log(JSON.stringify(codes))`

  it('reports what is ready, else the error, and mends it as soon as there is one', () => {
    const command = 'ulimit -n 100; exec "$0" -e "$1"'
    const stdout = execFileSync('sh', ['-c', command, process.execPath, program], { cwd: __dirname, encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual(['EMFILE', 1, 'EMFILE', 1, 0])
  })
})
