import { createHook } from 'node:async_hooks'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { pipe } from '@selectors/socket'

// The event loop polls the queue. Where the system does not let it, a helper thread waits; libuv would end the process.

it.each([101, 150])('waits for one file in %i selectors, however many the system lets the loop poll', async (count) => {
  const [reader, writer] = pipe()
  const selectors = Array.from({ length: count }, () => new EpollSelector())
  for (let again = 0; again < 3; again++) {
    const waits = selectors.map((selector, i) => {
      if (again === 0) selector.register(reader, EVENT_READ, i)
      return selector.selectAsync()
    })
    await new Promise(setImmediate)
    writer.write('x')
    const batches = await Promise.all(waits)
    expect(batches.map((batch) => batch.map(([key]) => key.data))).toEqual(selectors.map((_, i) => [i]))
    reader.read(1)
    // Nothing is found, and the loop lets go of the queues.
    await setTimeout(2)
  }
  for (const thing of [...selectors, reader, writer]) thing.close()
})

it('registers a file in one more selector than the system lets the loop poll', async () => {
  const [reader, writer] = pipe()
  const selectors = Array.from({ length: 150 }, () => new EpollSelector())
  const waits = selectors.map((selector) => selector.selectAsync())
  await new Promise(setImmediate)
  for (const selector of selectors) selector.register(reader, EVENT_READ)
  writer.write('x')
  for (const wait of waits) expect(await wait).toHaveLength(1)
  for (const thing of [...selectors, reader, writer]) thing.close()
})

it.each([
  ['unref() before', 'selector.unref()', ''],
  ['unref() afterwards', '', 'selector.unref()'],
])('lets the process end where a helper thread takes over: %s', (_when, before, afterwards) => {
  const program = `
    const { EpollSelector } = require('@selectors/epoll')
    const [socket, other] = require('@selectors/socket').socketpair()
    const selector = new EpollSelector()
    selector.register(other, 1)
    ${before}
    selector.selectAsync().then(() => console.log('over'))
    setImmediate(() => {
      // Which the loop must not look for.
      selector.register(socket, 1 << 16)
      ${afterwards}
    })`
  const { status, stdout } = spawnSync(process.execPath, ['-e', program], {
    cwd: __dirname,
    encoding: 'utf8',
    timeout: 30_000,
  })
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
})

it('goes on waiting after the loop has failed to poll', () => {
  const results = join(__dirname, '..', '.results')
  const library = join(results, 'failing-poll.so')
  mkdirSync(results, { recursive: true })
  execFileSync(process.env.CC ?? 'cc', ['-shared', '-fPIC', '-o', library, join(__dirname, 'failing-poll.c'), '-ldl'])
  const program = `
    const { EpollSelector } = require('@selectors/epoll')
    const { pipe } = require('@selectors/socket')
    const [reader, writer] = pipe()
    const selector = new EpollSelector()
    selector.register(reader, 1)
    const rounds = async () => {
      for (let i = 0; i < 5; i++) {
        setTimeout(() => writer.write('x'), 5)
        // A timeout would end with a look, whether the loop polls or not.
        const batch = await selector.selectAsync()
        console.log(batch.length)
        reader.read(1)
      }
    }
    rounds().then(() => selector.close())`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program], {
    cwd: __dirname,
    encoding: 'utf8',
    env: { ...process.env, LD_PRELOAD: library },
  })
  expect(stderr).toBe('failed once\n')
  expect(stdout).toBe('1\n'.repeat(5))
  expect(status).toBe(0)
})

describe('what the event loop calls', () => {
  /** Runs a function that two pollers call in the same turn. */
  const calling = (called: string) => {
    const program = `
      const { EpollSelector } = require('@selectors/epoll')
      const [, writer] = require('@selectors/socket').pipe()
      for (const name of ['first', 'second']) {
        let poller
        const selector = new EpollSelector({ decorate: (own) => (poller = own) })
        poller.add(writer.fileno(), 2)
        poller.arm(() => {
          setTimeout(() => selector.close())
          called(name)
        })
      }
      ${called}`
    const { status, stdout } = spawnSync(process.execPath, ['-e', program], { cwd: __dirname, encoding: 'utf8' })
    expect(status).toBe(0)
    return stdout.trim().split('\n')
  }

  it('is followed by what it leaves to be done, before anything else is called', () => {
    const told = calling(`function called(name) {
      Promise.resolve().then(() => console.log(name + ' promise'))
      process.nextTick(() => console.log(name + ' tick'))
      console.log(name)
    }`)
    expect(told).toEqual(['first', 'second'].flatMap((name) => [name, `${name} tick`, `${name} promise`]))
  })

  it('is an uncaught exception when it throws', () => {
    const told = calling(`
      process.on('uncaughtException', ({ message }) => console.log(message))
      function called(name) {
        throw new Error(name)
      }`)
    expect(told).toEqual(['first', 'second'])
  })

  it('belongs to a resource that async_hooks are told the end of', async () => {
    const resources = new Set<number>()
    const hook = createHook({
      init: (id, type) => type === 'selectors' && resources.add(id),
      destroy: (id) => resources.delete(id),
    })
    hook.enable()
    const [reader, writer] = pipe()
    const selector = new EpollSelector()
    selector.register(writer, EVENT_WRITE)
    expect(await selector.selectAsync()).toHaveLength(1)
    expect(resources.size).toBe(1)
    for (const thing of [selector, reader, writer]) thing.close()
    for (let turns = 0; turns < 1000 && resources.size > 0; turns++) await setTimeout(1)
    hook.disable()
    expect(resources.size).toBe(0)
  })
})
