import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { EVENT_READ, EVENT_WRITE, type Poller } from '@selectors/core'
import { PollSelector } from '@selectors/poll'
import { pipe, socketpair } from '@selectors/socket'

let selector: PollSelector
beforeEach(() => {
  selector = new PollSelector()
})
afterEach(() => selector.close())

describe('POLLNVAL', () => {
  it.each([
    ['reading', EVENT_READ],
    ['writing', EVENT_WRITE],
    ['both', EVENT_READ | EVENT_WRITE],
  ])('reports a descriptor that is not open as ready for %s, when that is waited for', (_, events) => {
    const fd = openSync('/dev/null', 'r')
    closeSync(fd)
    const key = selector.register(fd, events)
    expect(selector.select()).toEqual([[key, events]])
    selector.unregister(fd)
    expect(selector.select(0)).toEqual([])
  })

  it('does not keep the others from being reported', () => {
    const [reader, writer] = pipe()
    const [closed] = socketpair()
    const fd = closed.fileno()
    selector.register(closed, EVENT_READ)
    selector.register(reader, EVENT_READ)
    closed.close()
    writer.write('x')
    expect(
      selector
        .select()
        .map(([key]) => key.fd)
        .sort(),
    ).toEqual([fd, reader.fileno()].sort())
    reader.close()
    writer.close()
  })
})

it('takes the highest descriptor there can be without the memory for all below it', () => {
  const before = process.memoryUsage.rss()
  const key = selector.register(2 ** 31 - 1, EVENT_READ)
  expect(selector.select()).toEqual([[key, EVENT_READ]])
  expect(selector.unregister(2 ** 31 - 1)).toBe(key)
  expect(process.memoryUsage.rss() - before).toBeLessThan(50e6)
})

it.each([5000, 65_000, 70_000])('needs no more memory for the number %i than for a page of them', (fd) => {
  const before = process.memoryUsage.rss()
  const selectors = Array.from({ length: 200 }, () => new PollSelector())
  for (const one of selectors) one.register(fd, EVENT_READ)
  // In lists up to there, 5000 alone would take 50 MB.
  expect(process.memoryUsage.rss() - before).toBeLessThan(25e6)
  for (const one of selectors) {
    expect(one.getKey(fd).fd).toBe(fd)
    one.close()
  }
})

it('keeps numbers apart that share upper or lower bits', () => {
  const fds = [300, 1023, 1024, 1279, 1280, 66_560, 131_072, 2 ** 24, 2 ** 24 + 1024, 2 ** 31 - 1]
  for (const fd of fds) selector.register(fd, EVENT_READ)
  const numbers = () =>
    selector
      .select(0)
      .map(([key]) => key.fd)
      .sort((a, b) => a - b)
  for (let left = fds; left.length > 0; left = left.slice(1)) {
    expect(numbers()).toEqual(left)
    selector.modify(left[0] as number, EVENT_WRITE)
    selector.unregister(left[0] as number)
  }
  expect(numbers()).toEqual([])
})

it('keeps the right ones when descriptors leave in any order', () => {
  const pairs = Array.from({ length: 5 }, () => socketpair())
  const sockets = pairs.map(([socket]) => socket)
  for (const [, peer] of pairs) peer.send('x')
  for (const first of sockets) {
    for (const socket of sockets) selector.register(socket, EVENT_READ)
    const left = new Set(sockets)
    for (const socket of [first, ...sockets.filter((other) => other !== first)]) {
      expect(new Set(selector.select(0).map(([{ fileobj }]) => fileobj))).toEqual(left)
      selector.unregister(socket)
      left.delete(socket)
    }
  }
  for (const socket of pairs.flat()) socket.close()
})

it('does not call for one wait what another was begun with, and aborted in the same turn', async () => {
  let poller: Poller | undefined
  const decorated = new PollSelector({
    decorate: (inner) => {
      poller = inner
      return inner
    },
  })
  const [reader, writer] = pipe()
  decorated.register(reader, EVENT_READ)
  writer.write('x')
  const calls: string[] = []
  poller?.arm?.(() => calls.push('aborted'))
  poller?.disarm?.()
  reader.read(1)
  poller?.arm?.(() => calls.push('next'))
  for (let turns = 0; turns < 5; turns++) await setImmediate()
  expect(calls).toEqual([])
  writer.write('x')
  while (calls.length === 0) await setImmediate()
  expect(calls).toEqual(['next'])
  decorated.close()
  reader.close()
  writer.close()
})

it('changes what is waited for asynchronously without waiting for the helper thread to look up', async () => {
  const [reader, writer] = pipe()
  selector.register(reader, EVENT_READ)
  const wait = selector.selectAsync()
  await setTimeout(5)
  const start = performance.now()
  for (let again = 0; again < 60; again++) selector.modify(reader, EVENT_READ | (again % 2 ? EVENT_WRITE : 0))
  // The thread would look up every 50 ms.
  expect(performance.now() - start).toBeLessThan(1000)
  selector.wakeup()
  await wait
  reader.close()
  writer.close()
})

it('sleeps in an idle process, with its helper thread', () => {
  const program = `
    const { readdirSync, readFileSync } = require('node:fs')
    const { PollSelector } = require('@selectors/poll')
    const { pipe } = require('@selectors/socket')
    const selector = new PollSelector()
    const [reader] = pipe()
    selector.register(reader, 1)
    const before = readdirSync('/proc/self/task')
    selector.selectAsync()
    const [thread] = readdirSync('/proc/self/task').filter((task) => !before.includes(task))
    const switches = () =>
      Number(/^voluntary_ctxt_switches:\\s+(\\d+)/m.exec(readFileSync('/proc/self/task/' + thread + '/status', 'utf8'))[1])
    setTimeout(() => {
      const from = switches()
      setTimeout(() => {
        console.log(switches() - from)
        selector.close()
      }, 1000)
    }, 500)`
  const { stdout } = spawnSync(process.execPath, ['-e', program], { cwd: __dirname, encoding: 'utf8' })
  expect(stdout).toMatch(/^\d+\n$/)
  // It is woken by the two turns of the loop, and sleeps again after each. Otherwise it would have looked up 20 times.
  expect(Number(stdout)).toBeLessThan(8)
})

it('has no fileno()', () => {
  expect('fileno' in selector).toBe(false)
})

it('says that more is registered than the process may open', () => {
  const program = `
    const { PollSelector } = require('@selectors/poll')
    const selector = new PollSelector()
    for (let fd = 0; fd < 200; fd++) selector.register(fd, 1)
    try { selector.select(0) } catch ({ code, message }) { console.log(code, message) }`
  // Only Linux and the BSDs refuse it; node raises its own soft limit up to the hard one.
  const command = `ulimit -n 100 && exec '${process.execPath}' -e "$PROGRAM"`
  const env = { ...process.env, PROGRAM: program }
  expect(execFileSync('sh', ['-c', command], { cwd: __dirname, env, encoding: 'utf8' })).toMatch(
    /^EINVAL EINVAL: .* poll: more is registered than the process may open \(RLIMIT_NOFILE\)/,
  )
})
