import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EVENT_HANGUP, EVENT_READ, EVENT_WRITE, ONE_SHOT } from '@selectors/core'
import type { End } from '@selectors/core/conformance'
import { socketpair } from '@selectors/socket'
import { pipe, unixPair } from '@selectors/socket/pairs'
import { emulation } from './emulation'
import { describeOnEach, describeOnEachEmulated } from './kqueue'

const BOTH = EVENT_READ | EVENT_WRITE
const fds: number[] = []
const openFile = (path: string, flags = constants.O_RDWR) => {
  const fd = openSync(path, flags)
  fds.push(fd)
  return fd
}
afterEach(() => {
  for (const fd of fds.splice(0)) closeSync(fd)
})

/** Closes an end and has a duplicate of another one take its number. */
function replace(end: End, by: End): End {
  const fd = end.fileno()
  end.close()
  const others: End[] = []
  let twin = by.dup()
  for (; others.length < 100 && twin.fileno() !== fd; twin = by.dup()) others.push(twin)
  for (const other of others) other.close()
  expect(twin.fileno()).toBe(fd)
  return twin
}

/** Writes until the system takes nothing more. */
function fill(end: End): void {
  const chunk = Buffer.alloc(1 << 16)
  while (end.write(chunk) > 0 || end.write(chunk.subarray(0, 1)) > 0) {}
}

// Where a pipe tells its writers by the filter for reading that it is broken, a socket does not.
describeOnEach('modify()', ({ KqueueSelector }) => {
  it('takes a socket for one that has the number of a pipe', () => {
    using selector = new KqueueSelector()
    const [[reader, writer], [local, remote]] = [pipe.open(), unixPair.open()]
    selector.register(writer, BOTH)
    const twin = replace(writer, local)
    fill(twin)
    remote.finish?.()
    const key = selector.modify(twin, EVENT_WRITE | EVENT_HANGUP)
    expect(selector.select(0)).toEqual([[key, EVENT_HANGUP]])
    for (const end of [reader, local, remote, twin]) end.close()
  })

  it('takes a pipe for one that has the number of a socket', () => {
    using selector = new KqueueSelector()
    const [[local, remote], [reader, writer]] = [unixPair.open(), pipe.open()]
    selector.register(local, BOTH)
    const twin = replace(local, writer)
    fill(twin)
    const key = selector.modify(twin, EVENT_WRITE)
    expect(selector.select(0)).toEqual([])
    reader.close()
    expect(selector.select(0)).toEqual([[key, EVENT_WRITE]])
    for (const end of [remote, writer, twin]) end.close()
  })
})

describeOnEach('devices', ({ name, KqueueSelector, use }) => {
  const devices = ['/dev/null', '/dev/zero']

  if (name === 'freebsd') {
    it.each(devices)('are refused if they cannot be waited for: %s', (path) => {
      using selector = new KqueueSelector()
      expect(() => selector.register(openFile(path), EVENT_READ)).toThrow(/^ENODEV: .* is a device .* @selectors\/poll/)
    })
  } else {
    it.each(devices)('are always ready if they cannot be waited for, like others in all else: %s', async (path) => {
      using selector = new KqueueSelector()
      const fd = openFile(path)
      const key = selector.register(fd, BOTH)
      for (let again = 0; again < 2; again++) expect(selector.select()).toEqual([[key, BOTH]])
      expect(await selector.selectAsync()).toEqual([[key, BOTH]])
      using outer = new KqueueSelector()
      outer.register(selector, EVENT_READ)
      expect(outer.select(2)).toHaveLength(1)
      const read = selector.modify(fd, EVENT_READ)
      expect(selector.select()).toEqual([[read, EVENT_READ]])
      const shot = selector.modify(fd, EVENT_WRITE | ONE_SHOT)
      expect(selector.select()).toEqual([[shot, EVENT_WRITE]])
      expect(selector.select(0)).toEqual([])
      selector.unregister(fd)
      expect(selector.select(0)).toEqual([])
    })
  }

  it('leave the number that they had to whatever file has it then', () => {
    using selector = new KqueueSelector()
    const [, device] = [openFile('/dev/null'), openSync('/dev/null', 'r+')]
    if (name === 'freebsd') return closeSync(device)
    selector.register(device, EVENT_READ)
    closeSync(device)
    const [local, remote] = socketpair()
    const key = selector.modify(device, EVENT_WRITE)
    expect([local.fileno(), remote.fileno()]).toContain(device)
    expect(selector.select(0)).toEqual([[key, EVENT_WRITE]])
    for (const socket of [local, remote]) socket.close()
  })

  if (name !== 'macos' || process.platform !== 'linux') return
  it('are refused up to macOS 11, where they would leave the queue readable', () => {
    emulation.use('macos', '20.6.0')
    using selector = new KqueueSelector()
    for (const path of devices) {
      expect(() => selector.register(openFile(path), BOTH)).toThrow(/^EINVAL: .* device.* @selectors\/select/)
    }
    expect(selector.select(0)).toEqual([])
    use()
  })
})

describeOnEach('files', ({ name, KqueueSelector }) => {
  it('are refused if they are directories of macOS, unless any descriptor is accepted', () => {
    const directory = openFile(tmpdir(), constants.O_RDONLY)
    using selector = new KqueueSelector()
    if (name === 'macos') {
      expect(() => selector.register(directory, EVENT_READ)).toThrow(/^EINVAL: .* directory.* @selectors\/select/)
    } else {
      selector.register(directory, EVENT_READ)
    }
    using any = new KqueueSelector({ anyDescriptor: true })
    const key = any.register(directory, BOTH)
    expect(any.select()).toEqual([[key, BOTH]])
  })

  it('are refused if they are named FIFOs of macOS, which never end there, and waited for elsewhere', () => {
    using selector = new KqueueSelector()
    const [reader, writer] = openFifo()
    if (name === 'macos') {
      for (const fd of [reader, writer]) {
        for (const events of [EVENT_READ, EVENT_WRITE, BOTH]) {
          expect(() => selector.register(fd, events)).toThrow(/^EINVAL: .* named FIFO.* @selectors\/select/)
        }
      }
    } else {
      const key = selector.register(reader, EVENT_READ)
      selector.register(writer, EVENT_WRITE)
      writeSync(writer, 'x')
      expect(selector.select(2)).toHaveLength(2)
      selector.unregister(writer)
      readSync(reader, Buffer.alloc(8))
      expect(selector.select(0)).toEqual([])
      closeSync(writer)
      fds.splice(fds.indexOf(writer), 1)
      expect(selector.select(2)).toEqual([[key, EVENT_READ]])
    }
  })
})

/** Both ends of a FIFO, which has no name any more then. */
function openFifo(): [reader: number, writer: number] {
  const directory = mkdtempSync(join(tmpdir(), 'selectors-'))
  const path = join(directory, 'fifo')
  expect(spawnSync('mkfifo', [path]).status).toBe(0)
  const reader = openFile(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writer = openFile(path, constants.O_WRONLY | constants.O_NONBLOCK)
  rmSync(directory, { recursive: true })
  return [reader, writer]
}

describeOnEachEmulated('a revoked file', ({ KqueueSelector }) => {
  afterEach(() => emulation.clear())

  it.each([EVENT_READ, BOTH, EVENT_HANGUP])('has an end that lasts, for those that wait for %s', async (events) => {
    using selector = new KqueueSelector()
    const [local, remote] = socketpair()
    const key = selector.register(local, events)
    expect(selector.select(0)).toEqual(events === BOTH ? [[key, EVENT_WRITE]] : [])
    const wait = events === BOTH ? undefined : selector.selectAsync()
    emulation.revoke(local.fileno())
    if (wait) expect(await wait).toEqual([[key, events]])
    selector.select()
    for (let again = 0; again < 3; again++) expect(selector.select()).toEqual([[key, events]])
    expect(await selector.selectAsync()).toEqual([[key, events]])
    selector.unregister(local)
    expect(selector.select(0.01)).toEqual([])
    emulation.clear()
    selector.register(local, EVENT_WRITE)
    expect(selector.select()).toHaveLength(1)
    for (const socket of [local, remote]) socket.close()
  })

  it('is told once to a one-shot registration', () => {
    using selector = new KqueueSelector()
    const [local, remote] = socketpair()
    const key = selector.register(local, EVENT_READ | ONE_SHOT)
    emulation.revoke(local.fileno())
    expect(selector.select()).toEqual([[key, EVENT_READ]])
    expect(selector.select(0.01)).toEqual([])
    for (const socket of [local, remote]) socket.close()
  })
})
