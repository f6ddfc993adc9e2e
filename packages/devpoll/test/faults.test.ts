import { EVENT_READ, EVENT_WRITE } from '@selectors/core'
import type { Socket } from '@selectors/socket'
import { DevpollSelector } from './devpoll-selector'
import { type Call, countOf, describeEmulated, type Failure, fail, failNoMore, openSets, watchedBy } from './emulation'
import {
  expectKeys,
  expectWaits,
  failForEach,
  inOrder,
  ioctlCodes,
  openCodes,
  selector,
  sockets,
  writeFaults,
} from './failing'

// Each system call fails once with each error that it may answer; the keys, the set and the descriptors stay what they are.
// write-faults.test.ts has the writes.
const BOTH = EVENT_READ | EVENT_WRITE

describeEmulated('when a system call fails', () => {
  failForEach()

  describe('open', () => {
    it.each(openCodes)('fails with %s: there is no selector, and nothing is left of it', (code) => {
      fail({ call: 'open', code })
      expect(() => new DevpollSelector()).toThrow(expect.objectContaining({ code, syscall: 'open' }))
      expect(openSets()).toEqual([selector.fileno()])
      new DevpollSelector().close()
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
