import { readdirSync, readFileSync } from 'node:fs'
import { EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { type Socket, socketpair } from '@selectors/socket'
import { emulation } from './emulation'
import { describeOnEachEmulated } from './kqueue'

const BOTH = EVENT_READ | EVENT_WRITE
/** Those of kqueue(2), and what a filter may be refused with. */
const codes = ['EACCES', 'EBADF', 'EFAULT', 'EINTR', 'EINVAL', 'ENOENT', 'ENOMEM', 'EPERM', 'EPIPE', 'ESRCH']

type Selector = import('@selectors/kqueue').KqueueSelector
type Act = (selector: Selector, local: Socket) => unknown

/** What is registered first, and what is done then. */
const acts: readonly [name: string, before: number, act: Act][] = [
  ['register for reading', 0, (selector, local) => selector.register(local, EVENT_READ)],
  ['register for writing', 0, (selector, local) => selector.register(local, EVENT_WRITE)],
  ['register for both', 0, (selector, local) => selector.register(local, BOTH)],
  ['modify, reading to writing', EVENT_READ, (selector, local) => selector.modify(local, EVENT_WRITE)],
  ['modify, writing to reading', EVENT_WRITE, (selector, local) => selector.modify(local, EVENT_READ)],
  ['modify, one to both', EVENT_READ, (selector, local) => selector.modify(local, BOTH)],
  ['modify, both to one', BOTH, (selector, local) => selector.modify(local, EVENT_WRITE)],
  ['unregister one', EVENT_WRITE, (selector, local) => selector.unregister(local)],
  ['unregister both', BOTH, (selector, local) => selector.unregister(local)],
  ['select without waiting', BOTH, (selector) => selector.select(0)],
  ['select', BOTH, (selector) => selector.select(1)],
]

/** Where a `kevent()` with changes fails: before the first, between them, behind them; and one of the changes alone. */
const faults = codes.flatMap((code) => [
  ...[0, 1, 2].map((applied) => ({ call: 'kevent', code, options: { applied } }) as const),
  ...(code === 'EINTR' ? [] : [0, 1].map((after) => ({ call: 'change', code, options: { after } }) as const)),
])

describeOnEachEmulated('one failing call', ({ KqueueSelector }) => {
  let selector: Selector
  let local: Socket
  let remote: Socket

  beforeEach(() => {
    emulation.clear()
    ;[local, remote] = socketpair()
    remote.send('x')
    selector = new KqueueSelector()
  })
  afterEach(() => {
    selector.close()
    for (const socket of [local, remote]) socket.close()
  })

  describe.each(acts)('when it is to %s', (name, before, act) => {
    it.each(faults)('$call: $code, $options', ({ call, code, options }) => {
      if (before !== 0) selector.register(local, before)
      emulation.fail(call, code, options)
      const error = errorOf(() => act(selector, local))
      const happened = emulation.clear()
      if (error !== undefined) expect([happened, error]).toMatchObject([true, { name: 'SystemError', code }])
      assertRight(selector)
      const isRestored = name.startsWith('modify') && error !== undefined && code === 'ENOMEM'
      if (isRestored) expect(selector.getKey(local).events).toBe(before)
      // And nothing of it hinders what comes next.
      if (selector.getMap().has(local)) selector.unregister(local)
      assertRight(selector)
      selector.register(local, BOTH)
      assertRight(selector)
    })
  })

  it.each(codes)('is undone when one filter of two is refused with %s, and the undoing fails too', (code) => {
    for (const after of [0, 1]) {
      emulation.fail('change', 'ENOMEM', { after })
      emulation.fail('kevent', code, { after: 1 })
      expect(errorOf(() => selector.register(local, BOTH))).toMatchObject({ code: 'ENOMEM' })
      expect(emulation.clear()).toBe(true)
      assertRight(selector)
    }
  })

  it('takes a filter back that was registered before the other one was refused', () => {
    emulation.fail('change', 'EPIPE', { after: 1 })
    expect(() => selector.register(local, BOTH)).toThrow('EPIPE')
    expect(emulation.registered(selector.fileno())).toEqual([])
  })

  it('takes both back where the undoing is interrupted, since a signal comes behind the changes', () => {
    emulation.fail('change', 'EPIPE', { after: 1 })
    emulation.fail('kevent', 'EINTR', { after: 1 })
    expect(() => selector.register(local, BOTH)).toThrow('EPIPE')
    expect(emulation.registered(selector.fileno())).toEqual([])
  })

  it('is no failure of modify() when the filter to be deleted is gone already', () => {
    selector.register(local, EVENT_READ)
    emulation.fail('change', 'ENOENT')
    selector.modify(local, EVENT_WRITE)
    expect(emulation.clear()).toBe(true)
    assertRight(selector)
  })

  it.each(acts.slice(0, 9))('submits no change twice when a signal comes, to %s', (_name, before, act) => {
    if (before !== 0) selector.register(local, before)
    const counted = (code?: string) => {
      const submitted = emulation.changes()
      if (code !== undefined) emulation.fail('kevent', code)
      act(selector, local)
      return emulation.changes() - submitted
    }
    const interrupted = counted('EINTR')
    expect(emulation.clear()).toBe(true)
    assertRight(selector)
    if (selector.getMap().has(local)) selector.unregister(local)
    if (before !== 0) selector.register(local, before)
    expect(interrupted).toBe(counted())
  })

  it('is the error of a refused change where a signal comes too', () => {
    // Each system refuses a queue for writing, by a code of its own.
    using queue = new KqueueSelector()
    emulation.fail('kevent', 'EINTR')
    expect(() => selector.register(queue, BOTH)).toThrow(/^(EINVAL|EPERM|ENOTSUP|EOPNOTSUPP): /)
    expect(emulation.registered(selector.fileno())).toEqual([])
  })

  it('does not end a wait when it is a signal', () => {
    selector.register(local, EVENT_READ)
    local.recv(1)
    emulation.fail('kevent', 'EINTR')
    const start = process.hrtime.bigint()
    expect(selector.select(0.12)).toEqual([])
    expect(process.hrtime.bigint() - start).toBeGreaterThanOrEqual(120_000_000n)
    expect(emulation.clear()).toBe(true)
  })

  it('does not make a wait spin on, or report, what could not be deleted', () => {
    selector.register(local, BOTH)
    emulation.fail('kevent', 'ENOMEM')
    selector.unregister(local)
    expect(emulation.registered(selector.fileno())).toHaveLength(2)
    const start = process.hrtime.bigint()
    expect(selector.select(0.12)).toEqual([])
    expect(process.hrtime.bigint() - start).toBeGreaterThanOrEqual(120_000_000n)
    expect(emulation.registered(selector.fileno())).toEqual([])
  })

  it.each([
    ...['EMFILE', 'ENFILE', 'ENOMEM', 'EACCES', 'EINTR'].map((code) => ['kqueue', code] as const),
    // Marks the queue as closed on exec.
    ...['EBADF', 'EINVAL', 'EMFILE', 'ENOMEM'].map((code) => ['fcntl', code] as const),
  ])('of %s(), %s, leaves no descriptor open', (call, code) => {
    const before = readdirSync('/proc/self/fd')
    emulation.fail(call, code)
    expect(() => new KqueueSelector()).toThrow(expect.objectContaining({ code, syscall: 'kqueue' }))
    // The collector may have closed others.
    expect(readdirSync('/proc/self/fd').filter((fd) => !before.includes(fd))).toEqual([])
    new KqueueSelector().close()
  })
})

describeOnEachEmulated('the queue', ({ KqueueSelector }) => {
  it('is closed on exec', () => {
    using selector = new KqueueSelector()
    const [, flags] = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${selector.fileno()}`, 'utf8')) ?? []
    const O_CLOEXEC = 0o2000000
    expect(Number.parseInt(flags ?? '', 8) & O_CLOEXEC).toBe(O_CLOEXEC)
  })
})

/**
 * Asserts that what is reported is what the keys say, and that the kernel watches that and nothing else. Everything is ready,
 * so that a filter that was left behind shows.
 */
function assertRight(selector: Selector): void {
  const keys = [...selector.getMap().values()]
  for (let again = 0; again < 2; again++) expect(selector.select(0)).toEqual(keys.map((key) => [key, key.events]))
  const filters = keys.flatMap(({ fd, events }) => [
    ...(events & EVENT_READ ? [[fd, -1]] : []),
    ...(events & EVENT_WRITE ? [[fd, -2]] : []),
  ])
  expect(emulation.registered(selector.fileno())).toEqual(filters)
}

function errorOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  return undefined
}
