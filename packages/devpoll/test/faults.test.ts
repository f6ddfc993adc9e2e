import { closeSync, openSync } from 'node:fs'
import { EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { type Socket, socketpair } from '@selectors/socket'
import { DevpollSelector } from './devpoll-selector'
import { type Call, countOf, describeEmulated, type Failure, fail, failNoMore, openSets, watchedBy } from './emulation'

// Each system call fails once with each error that it may answer; the keys, the set and the descriptors stay what they are.
const BOTH = EVENT_READ | EVENT_WRITE

const openCodes = ['EMFILE', 'ENFILE', 'ENOMEM', 'ENXIO', 'EACCES', 'ENOENT', 'EINTR', 'EAGAIN'] as const
const writeCodes = ['ENOMEM', 'EINVAL', 'EACCES', 'ENXIO', 'EFAULT', 'EBADF', 'EIO', 'EBUSY', 'short'] as const
const ioctlCodes = ['ENOMEM', 'EINVAL', 'EACCES', 'ENXIO', 'EFAULT', 'EBADF', 'EIO'] as const

/** The entries of a change: POLLREMOVE, then the events. */
const writeFaults = writeCodes.flatMap((code) =>
  (code === 'short' ? [0, 1] : [0, 1, 2]).map((applied) => [code, applied] as const),
)

describeEmulated('when a system call fails', () => {
  let free: number
  let selector: DevpollSelector
  let sockets: Socket[]
  beforeEach(() => {
    free = lowestFree()
    selector = new DevpollSelector()
    sockets = [...socketpair(), ...socketpair()]
    // Each is ready for both events, so that nothing in the set goes unseen.
    for (const socket of sockets) socket.send('x')
  })
  afterEach(() => {
    failNoMore()
    selector.close()
    for (const socket of sockets) socket.close()
    expect(openSets()).toEqual([])
    expect(lowestFree()).toBe(free)
  })

  describe('open', () => {
    it.each(openCodes)('fails with %s: there is no selector, and nothing is left of it', (code) => {
      const before = lowestFree()
      fail({ call: 'open', code })
      expect(() => new DevpollSelector()).toThrow(expect.objectContaining({ code, syscall: 'open' }))
      expect(openSets()).toEqual([selector.fileno()])
      expect(lowestFree()).toBe(before)
      new DevpollSelector().close()
    })
  })

  describe('write', () => {
    it.each(writeFaults)('fails with %s in register(), %d entries applied: nothing is registered', (code, applied) => {
      const [socket, other] = sockets as [Socket, Socket]
      const key = selector.register(other, EVENT_WRITE)
      fail({ call: 'write', code, applied })
      expect(() => selector.register(socket, BOTH)).toThrow(refused(code, socket))
      expectKeys([other, EVENT_WRITE])
      expect(selector.select(0)).toEqual([[key, EVENT_WRITE]])
      const registered = selector.register(socket, EVENT_READ)
      expectKeys([other, EVENT_WRITE], [socket, EVENT_READ])
      expect(selector.unregister(socket)).toBe(registered)
    })

    it.each(writeFaults)(
      'fails with %s in modify(), %d entries applied: nothing is left of the key',
      (code, applied) => {
        const [socket, other] = sockets as [Socket, Socket]
        selector.register(socket, EVENT_READ)
        selector.register(other, EVENT_WRITE)
        fail({ call: 'write', code, applied })
        expect(() => selector.modify(socket, EVENT_WRITE)).toThrow(refused(code, socket))
        expectKeys([other, EVENT_WRITE])
        selector.register(socket, EVENT_READ)
        expectKeys([other, EVENT_WRITE], [socket, EVENT_READ])
      },
    )

    it.each(writeCodes)(
      'fails with %s in unregister(): the key is gone, and the next wait sees to the rest',
      (code) => {
        const [socket] = sockets as [Socket]
        const key = selector.register(socket, BOTH)
        fail({ call: 'write', code })
        expect(selector.unregister(socket)).toBe(key)
        expect(watchedBy(selector)).toEqual([[socket.fileno(), BOTH]])
        expectWaits()
        expectKeys()
      },
    )

    it.each(writeFaults)('fails with %s for good, %d entries applied: what is left ends no wait', (code, applied) => {
      const [socket] = sockets as [Socket]
      // The undoing too.
      fail({ call: 'write', code, applied, times: 2 })
      expect(() => selector.register(socket, BOTH)).toThrow(refused(code, socket))
      expect(selector.getMap().size).toBe(0)
      expectWaits()
      expectKeys()
    })

    it.each([0, 1, 2])('is interrupted (EINTR) with %d entries applied: it is repeated', (applied) => {
      const [socket] = sockets as [Socket]
      const interrupt = () => fail({ call: 'write', code: 'EINTR', applied, times: 3 })
      interrupt()
      selector.register(socket, BOTH)
      expectKeys([socket, BOTH])
      interrupt()
      selector.modify(socket, EVENT_READ)
      expectKeys([socket, EVENT_READ])
      interrupt()
      selector.unregister(socket)
      expectKeys()
    })

    it.each(writeFaults)(
      'fails with %s, %d entries applied, while events that nobody wants are removed: it is tried again',
      (code, applied) => {
        const [idle, other] = sockets as [Socket, Socket]
        const fd = lowestFree()
        // Not open yet: the kernel keeps the events when it is unregistered.
        selector.register(fd, BOTH)
        selector.unregister(fd)
        const twin = idle.dup()
        expect(twin.fileno()).toBe(fd)
        twin.recv(1)
        const key = selector.register(twin, EVENT_READ)
        selector.register(other, EVENT_WRITE)
        expect(selector.select(0)).toHaveLength(1)
        fail({ call: 'write', code, applied })
        expect(() => selector.select(0)).toThrow(expect.objectContaining({ code: code === 'short' ? 'EIO' : code }))
        other.send('x')
        expect(selector.select(0)).toContainEqual([key, EVENT_READ])
        expectKeys([twin, EVENT_READ], [other, EVENT_WRITE])
        twin.close()
      },
    )

    it.each(writeCodes)('fails with %s while what is not registered any more is removed: it is tried again', (code) => {
      const [socket] = sockets as [Socket]
      selector.register(socket, BOTH)
      fail({ call: 'write', code, times: 2 })
      selector.unregister(socket)
      for (let i = 0; i < 4; i++) expect(selector.select(0)).toEqual([])
      expectKeys()
    })
  })

  describe('ioctl', () => {
    it.each(ioctlCodes)('fails with %s: select() throws it and changes nothing', (code) => {
      const [socket] = sockets as [Socket]
      const key = selector.register(socket, BOTH)
      fail({ call: 'ioctl', code })
      expect(() => selector.select()).toThrow(expect.objectContaining({ code, syscall: 'ioctl' }))
      expectKeys([socket, BOTH])
      expect(selector.select()).toEqual([[key, BOTH]])
    })

    it('is interrupted (EINTR): select() waits on, and loses nothing', () => {
      fail({ call: 'ioctl', code: 'EINTR', times: 5 })
      expectWaits()
      const key = selector.register(sockets[0] as Socket, BOTH)
      fail({ call: 'ioctl', code: 'EINTR', times: 5 })
      expect(selector.select(0)).toEqual([[key, BOTH]])
    })
  })

  const faults: Record<Call, readonly Omit<Failure, 'call'>[]> = {
    open: openCodes.map((code) => ({ code })),
    write: [...writeFaults, ...[0, 1, 2].map((applied) => ['EINTR', applied] as const)].map(([code, applied]) => ({
      code,
      applied,
    })),
    ioctl: [...ioctlCodes, 'EINTR' as const].map((code) => ({ code })),
  }

  it.each(['open', 'write', 'ioctl'] as const)(
    'each %s of a program fails in each way, and its keys are what is watched',
    (call) => {
      const before = countOf(call)
      program(sockets)
      const calls = countOf(call) - before
      expect(calls).toBeGreaterThan(0)
      for (const fault of faults[call]) {
        for (let skipped = 0; skipped < calls; skipped++) {
          fail({ call, skipped, ...fault })
          program(sockets)
          failNoMore()
          expect(openSets()).toEqual([selector.fileno()])
        }
      }
    },
  )

  /** Expects that these are the keys, and what is watched. */
  function expectKeys(...expected: [Socket, number][]): void {
    const pairs = inOrder(expected.map(([socket, events]) => [socket.fileno(), events]))
    expect(inOrder([...selector.getMap().values()].map(({ fd, events }) => [fd, events]))).toEqual(pairs)
    expect(inOrder(watchedBy(selector))).toEqual(pairs)
  }

  /** Expects that nothing is ready, and that waiting for it is no loop. */
  function expectWaits(): void {
    const before = countOf('ioctl')
    const start = process.hrtime.bigint()
    expect(selector.select(0.02)).toEqual([])
    expect(process.hrtime.bigint() - start).toBeGreaterThanOrEqual(20_000_000n)
    expect(countOf('ioctl') - before).toBeLessThan(10)
  }
})

/** Does everything that there is to do; what fails is left out. */
function program(sockets: readonly Socket[]): void {
  const made = attempt(() => new DevpollSelector())
  if (made === undefined) return
  const [first, second, third] = sockets as readonly [Socket, Socket, Socket]
  const steps: (() => unknown)[] = [
    () => made.register(first, EVENT_READ),
    () => made.register(second, BOTH),
    () => made.select(0),
    () => made.modify(first, EVENT_WRITE),
    () => made.register(third, EVENT_WRITE),
    () => made.modify(second, EVENT_READ),
    () => made.select(),
    () => made.unregister(second),
    () => made.register(second, EVENT_WRITE),
    () => made.unregister(first),
    () => made.select(0),
  ]
  for (const step of steps) {
    attempt<unknown>(step)
    if (made.getMap().size > 0) attempt(() => made.select(0))
  }
  // What an unregister() that failed has left behind is found by one wait and removed by the next.
  failNoMore()
  for (let i = 0; i < 2; i++) made.select(0)
  const keys = [...made.getMap().values()].map(({ fd, events }) => [fd, events])
  expect(inOrder(watchedBy(made))).toEqual(inOrder(keys))
  expect(made.select(0)).toHaveLength(keys.length)
  made.close()
}

function attempt<Result>(step: () => Result): Result | undefined {
  try {
    return step()
  } catch (error) {
    // An error of the system, or of what was not registered because of one; nothing else.
    expect((error as Error).name).toMatch(/^(SystemError|KeyError)$/)
    return undefined
  }
}

function refused(code: Failure['code'], socket: Socket) {
  return expect.objectContaining({
    code: code === 'short' ? 'EIO' : code,
    syscall: 'write',
    message: expect.stringContaining(`fd ${socket.fileno()}`),
  })
}

function lowestFree(): number {
  const fd = openSync('/dev/null', 'r')
  closeSync(fd)
  return fd
}

function inOrder(pairs: readonly (readonly number[])[]): (readonly number[])[] {
  return [...pairs].sort(([a = 0], [b = 0]) => a - b)
}
