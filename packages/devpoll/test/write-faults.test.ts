import { EVENT_READ, EVENT_WRITE, ONE_SHOT } from '@selectors/core'
import type { Socket } from '@selectors/socket'
import { describeEmulated, fail, watchedBy } from './emulation'
import {
  expectKeys,
  expectWaits,
  failForEach,
  lowestFree,
  refused,
  selector,
  sockets,
  writeCodes,
  writeFaults,
} from './failing'

const BOTH = EVENT_READ | EVENT_WRITE

describeEmulated('a write that', () => {
  failForEach()

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
    'fails with %s in modify(), %d entries applied: the key is as before or gone',
    (code, applied) => {
      const [socket, other] = sockets as [Socket, Socket]
      selector.register(socket, EVENT_READ)
      selector.register(other, EVENT_WRITE)
      fail({ call: 'write', code, applied })
      expect(() => selector.modify(socket, EVENT_WRITE)).toThrow(refused(code, socket))
      if (code === 'ENOMEM') {
        expectKeys([socket, EVENT_READ], [other, EVENT_WRITE])
        return
      }
      expectKeys([other, EVENT_WRITE])
      selector.register(socket, EVENT_READ)
      expectKeys([other, EVENT_WRITE], [socket, EVENT_READ])
    },
  )

  it.each(writeCodes)('fails with %s in unregister(): the key is gone, and the next wait sees to the rest', (code) => {
    const [socket] = sockets as [Socket]
    const key = selector.register(socket, BOTH)
    fail({ call: 'write', code })
    expect(selector.unregister(socket)).toBe(key)
    expect(watchedBy(selector)).toEqual([[socket.fileno(), BOTH]])
    expectWaits()
    expectKeys()
  })

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
      // At once, with the undoing, and once more before the next wait.
      fail({ call: 'write', code, applied, times: 3 })
      expect(selector.select(0)).toHaveLength(1)
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

  it.each(writeCodes)('fails with %s while a shot that was reported is removed: it is not reported again', (code) => {
    const [socket] = sockets as [Socket]
    const key = selector.register(socket, BOTH | ONE_SHOT)
    fail({ call: 'write', code, times: 2 })
    expect(selector.select(0)).toEqual([[key, BOTH]])
    for (let i = 0; i < 4; i++) expect(selector.select(0)).toEqual([])
    selector.modify(socket, BOTH | ONE_SHOT)
    expect(selector.select(0)).toHaveLength(1)
  })
})
