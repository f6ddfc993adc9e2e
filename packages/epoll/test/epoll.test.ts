import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { EVENT_READ, EVENT_WRITE, SystemError } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { pipe } from '@selectors/socket'

let selector: EpollSelector
beforeEach(() => {
  selector = new EpollSelector()
})
afterEach(() => selector.close())

describe('what the kernel refuses', () => {
  it('is a regular file, with EPERM', () => {
    const fd = openSync(__filename, 'r')
    expect(() => selector.register(fd, EVENT_READ)).toThrow(
      expect.objectContaining({
        code: 'EPERM',
        errno: -1,
        syscall: 'epoll_ctl',
        message: expect.stringMatching(
          new RegExp(`: fd ${fd} cannot be waited on: .*anyDescriptor: true.*@selectors/poll.*waitReadable`),
        ),
      }),
    )
    expect(selector.getMap().size).toBe(0)
    closeSync(fd)
  })

  it('is a closed descriptor, with EBADF', () => {
    const fd = openSync('/dev/null', 'r')
    closeSync(fd)
    expect(() => selector.register(fd, EVENT_READ)).toThrow(
      `EBADF: bad file descriptor, epoll_ctl: fd ${fd} is not open`,
    )
    expect(selector.getMap().size).toBe(0)
  })

  it('is a change of a number that is another file now, with ENOENT', () => {
    const [old, writer] = pipe()
    const fd = old.fileno()
    selector.register(old, EVENT_READ)
    old.close()
    const reuser = writer.dup()
    expect(reuser.fileno()).toBe(fd)
    expect(() => selector.modify(fd, EVENT_WRITE)).toThrow(
      `epoll_ctl: fd ${fd} was closed, and its number belongs to another file now; it is no longer registered`,
    )
    expect(selector.getMap().size).toBe(0)
    for (const end of [writer, reuser]) end.close()
  })

  it('is itself, with EINVAL', () => {
    expect(() => selector.register(selector, EVENT_READ)).toThrow(SystemError)
    expect(() => selector.register(selector, EVENT_READ)).toThrow('cannot be waited on: it is the selector itself')
    expect(selector.getMap().size).toBe(0)
  })

  it('is what reports files that are always ready, with EINVAL', () => {
    using any = new EpollSelector({ anyDescriptor: true })
    const fd = openSync(__filename, 'r')
    const before = new Set(readdirSync('/proc/self/fd'))
    const key = any.register(fd, EVENT_READ)
    const own = readdirSync('/proc/self/fd').filter((name) => !before.has(name))
    const refusals = own.map((name) => {
      try {
        return any.unregister(any.register(Number(name), EVENT_READ).fd).events
      } catch (error) {
        return (error as SystemError).code
      }
    })
    expect(refusals).toContain('EINVAL')
    expect(any.select(0)).toEqual([[key, EVENT_READ]])
    closeSync(fd)
  })
})

describe('fileno()', () => {
  it('is closed on exec', () => {
    const [, flags] = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${selector.fileno()}`, 'utf8')) ?? []
    const O_CLOEXEC = 0o2000000
    expect(Number.parseInt(flags ?? '', 8) & O_CLOEXEC).toBe(O_CLOEXEC)
  })

  it('is readable in another selector while something is ready in this one', () => {
    using outer = new EpollSelector()
    const [reader, writer] = pipe()
    selector.register(reader, EVENT_READ)
    const key = outer.register(selector, EVENT_READ)
    expect(outer.select(0)).toEqual([])
    writer.write('x')
    expect(outer.select(0)).toEqual([[key, EVENT_READ]])
    reader.close()
    writer.close()
  })
})
