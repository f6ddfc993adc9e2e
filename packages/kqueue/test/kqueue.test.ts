import { closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'
import { EVENT_READ, EVENT_WRITE, ONE_SHOT, type Poller } from '@selectors/core'
import { pipe, type Socket, socketpair } from '@selectors/socket'
import { describeOnEach } from './kqueue'

const BOTH = EVENT_READ | EVENT_WRITE

/** What a pipe's writer is refused with once its reader is gone; macOS takes it. */
const brokenPipe: Readonly<Record<string, string | undefined>> = {
  freebsd: 'EPIPE',
  openbsd: 'EPIPE',
  netbsd: 'EBADF',
  dragonfly: 'EPIPE',
}

describeOnEach('kqueue', ({ name, KqueueSelector }) => {
  let selector: import('@selectors/kqueue').KqueueSelector
  let local: Socket
  let remote: Socket

  beforeEach(() => {
    selector = new KqueueSelector()
    ;[local, remote] = socketpair()
  })
  afterEach(() => {
    selector.close()
    local.close()
    remote.close()
  })

  it('keeps the shots for which there is no room', () => {
    let poller: Poller | undefined
    const decorate = (own: Poller) => {
      poller = own
      return own
    }
    using own = new KqueueSelector({ decorate })
    const ready = new Int32Array(2)
    const reported: (number | undefined)[] = []
    for (const end of [local, remote]) own.register(end, EVENT_WRITE | ONE_SHOT)
    for (let i = 0; i < 2; i++) {
      expect(poller?.wait(0, ready)).toBe(1)
      reported.push(ready[0])
    }
    expect(new Set(reported)).toEqual(new Set([local.fileno(), remote.fileno()]))
    expect(poller?.wait(0, ready)).toBe(0)
  })

  describe('the two filters of a descriptor', () => {
    it('are one entry when both fire', () => {
      const key = selector.register(local, BOTH)
      expect(selector.select(0)).toEqual([[key, EVENT_WRITE]])
      remote.send('x')
      expect(selector.select(0)).toEqual([[key, BOTH]])
    })

    it('are one entry each when those of many descriptors fire', () => {
      const ends = Array.from({ length: 50 }, () => socketpair()).flat()
      for (const end of ends) end.send('x')
      const expected = ends.map((end) => [selector.register(end, BOTH), BOTH])
      const byNumber = ([{ fd }]: [{ fd: number }, number], [{ fd: other }]: [{ fd: number }, number]) => fd - other
      for (let again = 0; again < 3; again++) {
        expect(selector.select(0).sort(byNumber)).toEqual((expected as [{ fd: number }, number][]).sort(byNumber))
      }
      for (const end of ends) end.close()
    })

    it('are told apart at the end of a stream, with data still there', () => {
      remote.send('x')
      remote.close()
      for (const events of [EVENT_READ, EVENT_WRITE, BOTH]) {
        const key = selector.register(local, events)
        expect(selector.select(0)).toEqual([[key, events]])
        selector.unregister(local)
      }
    })

    it('come and go with modify()', () => {
      remote.send('x')
      selector.register(local, EVENT_READ)
      for (const events of [EVENT_WRITE, BOTH, EVENT_READ, BOTH, EVENT_WRITE, EVENT_READ]) {
        const key = selector.modify(local, events)
        expect(selector.select(0)).toEqual([[key, events]])
      }
      selector.unregister(local)
      expect(selector.select(0)).toEqual([])
    })
  })

  describe('what the system refuses', () => {
    it('is a closed descriptor, with EBADF', () => {
      const fd = openSync(__filename, 'r')
      closeSync(fd)
      for (const events of [EVENT_READ, EVENT_WRITE, BOTH]) {
        expect(() => selector.register(fd, events)).toThrow(
          expect.objectContaining({
            name: 'SystemError',
            code: 'EBADF',
            errno: -constants.errno.EBADF,
            syscall: 'kevent',
            message: expect.stringContaining(`EBADF: bad file descriptor, kevent: fd ${fd} is not open`),
          }),
        )
      }
      expect(selector.getMap().size).toBe(0)
    })

    it('is a change of what was closed, which is not registered any longer then', () => {
      for (const events of [EVENT_WRITE, BOTH]) {
        const [end, other] = socketpair()
        const { fd } = selector.register(end, EVENT_READ)
        end.close()
        expect(() => selector.modify(fd, events)).toThrow('EBADF')
        expect(selector.getMap().has(fd)).toBe(false)
        other.close()
      }
    })

    it('is itself, with EINVAL', () => {
      for (const events of [EVENT_READ, EVENT_WRITE, BOTH]) {
        expect(() => selector.register(selector, events)).toThrow('EINVAL')
      }
      expect(selector.select(0)).toEqual([])
    })

    it('is a pipe whose reader is gone, and then leaves no trace', () => {
      const [reader, writer] = pipe()
      reader.close()
      const code = brokenPipe[name]
      for (const events of [EVENT_WRITE, BOTH]) {
        if (code === undefined) {
          const key = selector.register(writer, events)
          expect(selector.select(0)[0]?.[0]).toBe(key)
          selector.unregister(writer)
        } else {
          expect(() => selector.register(writer, events)).toThrow(
            expect.objectContaining({ code, message: expect.stringContaining('a pipe whose other end is gone') }),
          )
        }
        expect(selector.getMap().size).toBe(0)
        expect(selector.select(0)).toEqual([])
      }
      writer.close()
    })
  })

  it('watches the new owner of a number from a modify() on, for the filters of the old one are gone', () => {
    const key = selector.register(local, EVENT_READ)
    local.close()
    const ends = socketpair()
    expect(ends.map((end) => end.fileno())).toContain(key.fd)
    const modified = selector.modify(key.fd, EVENT_WRITE)
    expect(selector.select(0)).toEqual([[modified, EVENT_WRITE]])
    for (const end of ends) end.close()
  })

  it('unregisters what was closed without a word, though its filters are gone', () => {
    const key = selector.register(local, BOTH)
    local.close()
    expect(selector.unregister(key.fd)).toBe(key)
    expect(selector.select(0)).toEqual([])
  })
})
