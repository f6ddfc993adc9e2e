import { EVENT_READ, EVENT_WRITE, SelectorClosedError } from '@selectors/core'
import { pipe, socketpair } from '@selectors/socket'
import { connectForEach, local, selector } from './connected'
import { DevpollSelector } from './devpoll-selector'
import { countOf, describeEmulated, openSets, watchedBy } from './emulation'

const BOTH = EVENT_READ | EVENT_WRITE

describeEmulated('the set in the kernel', () => {
  connectForEach()

  it('has the events of the key and no others, whatever they were before', () => {
    for (const events of [BOTH, EVENT_READ, EVENT_WRITE, BOTH, EVENT_WRITE, EVENT_READ]) {
      if (selector.getMap().has(local)) selector.modify(local, events)
      else selector.register(local, events)
      expect(watchedBy(selector)).toEqual([[local.fileno(), events]])
    }
    selector.unregister(local)
    expect(watchedBy(selector)).toEqual([])
  })

  it('is asked for the descriptor once, in one write', () => {
    const before = countOf('write')
    selector.register(local, EVENT_READ)
    selector.modify(local, EVENT_WRITE)
    selector.modify(local, EVENT_WRITE, 'data')
    selector.unregister(local)
    expect(countOf('write') - before).toBe(3)
  })

  it('is another one for each selector', () => {
    using other = new DevpollSelector()
    selector.register(local, EVENT_READ)
    other.register(local, EVENT_WRITE)
    expect(watchedBy(selector)).toEqual([[local.fileno(), EVENT_READ]])
    expect(watchedBy(other)).toEqual([[local.fileno(), EVENT_WRITE]])
  })

  it('keeps events of a number that was not open, which are not reported and do not end a wait', () => {
    const fd = local.fileno()
    const [idle, peer] = socketpair()
    local.close()
    selector.register(fd, BOTH)
    selector.unregister(fd)
    const twin = idle.dup()
    expect(twin.fileno()).toBe(fd)
    const key = selector.register(twin, EVENT_READ)
    // Writable, which nobody waits for.
    expect(watchedBy(selector)).toEqual([[fd, BOTH]])
    const before = countOf('ioctl')
    const start = process.hrtime.bigint()
    expect(selector.select(0.04)).toEqual([])
    expect(process.hrtime.bigint() - start).toBeGreaterThanOrEqual(40_000_000n)
    expect(countOf('ioctl') - before).toBeLessThan(5)
    expect(watchedBy(selector)).toEqual([[fd, EVENT_READ]])
    peer.send('x')
    expect(selector.select(0)).toEqual([[key, EVENT_READ]])
    for (const socket of [idle, peer, twin]) socket.close()
  })

  it('has the descriptor that fileno() returns, until close()', () => {
    expect(openSets()).toEqual([selector.fileno()])
    const fd = selector.fileno()
    selector.close()
    expect(openSets()).toEqual([])
    expect(() => selector.fileno()).toThrow(SelectorClosedError)
    // Whoever has the number now keeps it.
    const [reader, writer] = pipe()
    expect([reader.fileno(), writer.fileno()]).toContain(fd)
    selector.close()
    expect(writer.write('x')).toBe(1)
    reader.close()
    writer.close()
  })
})
