import { lookup } from 'node:dns/promises'
import { getEventListeners } from 'node:events'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type * as all from '@selectors/default'
import { MSG_OOB, type PipeEnd, pipe, type Socket, socketpair } from '@selectors/socket'

const opened: (PipeEnd | Socket)[] = []
function open<T extends PipeEnd | Socket>(ends: [T, T]): [T, T] {
  opened.push(...ends)
  return ends
}

afterEach(() => {
  for (const end of opened.splice(0)) end.close()
})

describe.each(['epoll', 'poll', 'select'])('on %s', (backend) => {
  const library = load(backend)
  const { notifyClosing, waitFor, waitReadable, waitWritable } = library

  it('waits until there is something to read', async () => {
    const [reader, writer] = open(pipe())
    const waiting = waitReadable(reader)
    expect(await waitReadable(reader, { timeout: 0 })).toBe(false)
    writer.write('x')
    expect(await waiting).toBe(true)
    expect(await waitReadable(reader, { timeout: 0 })).toBe(true)
  })

  it('waits until there is room to write', async () => {
    const [ours, theirs] = open(socketpair())
    expect(await waitWritable(ours)).toBe(true)
    ours.setBlocking(false)
    fill(ours)
    expect(await waitWritable(ours, { timeout: 0 })).toBe(false)
    const waiting = waitWritable(ours)
    theirs.setBlocking(false)
    drain(theirs)
    expect(await waiting).toBe(true)
  })

  it('goes on to wait for one event beside the other', async () => {
    const [ours, theirs] = open(socketpair())
    ours.setBlocking(false)
    fill(ours)
    const readable = waitReadable(ours)
    const writable = waitWritable(ours)
    theirs.send('x')
    expect(await readable).toBe(true)
    theirs.setBlocking(false)
    drain(theirs)
    expect(await writable).toBe(true)
  })

  it('tells that the time is over, and never early', async () => {
    const [reader] = open(pipe())
    const started = performance.now()
    expect(await waitReadable(reader, { timeout: 0.05 })).toBe(false)
    expect(performance.now() - started).toBeGreaterThanOrEqual(50)
  })

  it('tells all whose time is over at the same moment', async () => {
    const ends = [open(pipe()), open(pipe()), open(pipe())]
    ends[1]?.[1].write('x')
    const waits = ends.map(([reader]) => waitReadable(reader, { timeout: 0 }))
    expect(await Promise.all(waits)).toEqual([false, true, false])
  })

  it('waits for events beyond reading and writing, and tells which are ready', async () => {
    const { DefaultSelector, EVENT_READ, EVENT_WRITE, EVENT_PRIORITY, EVENT_HANGUP } = library
    const [ours, theirs] = open(socketpair())
    expect(await waitFor(ours, EVENT_READ | EVENT_WRITE)).toBe(EVENT_WRITE)
    expect(await waitFor(ours, EVENT_PRIORITY, { timeout: 0.01 })).toBe(0)
    const urgent = waitFor(ours, EVENT_PRIORITY)
    const readable = waitReadable(ours, { timeout: 0.2 })
    theirs.send('!', MSG_OOB)
    expect(await urgent).toBe(EVENT_PRIORITY)
    await readable
    ours.recv(1, MSG_OOB)
    if (DefaultSelector.supports.events & EVENT_HANGUP) {
      const hungUp = waitFor(ours, EVENT_HANGUP)
      expect(await waitFor(ours, EVENT_HANGUP, { timeout: 0 })).toBe(0)
      theirs.close()
      expect(await hungUp).toBe(EVENT_HANGUP)
    } else {
      await expect(waitFor(ours, EVENT_HANGUP)).rejects.toThrow('does not have EVENT_HANGUP')
    }
  })

  it('refuses events that are no mask, and modes', async () => {
    const { EVENT_READ, ONE_SHOT } = library
    const [reader] = open(pipe())
    for (const events of [0, 4, Number.NaN, '1', EVENT_READ | ONE_SHOT]) {
      await expect(waitFor(reader, events as number)).rejects.toMatchObject({ code: 'ERR_SELECTOR_VALUE' })
    }
    await expect(waitFor(reader, EVENT_READ | ONE_SHOT)).rejects.toThrow('a wait is told once, and has no modes')
  })

  it('rejects the waits for what is about to be closed, and no others', async () => {
    const { EVENT_READ } = library
    const [reader] = open(pipe())
    const [other, writer] = open(pipe())
    notifyClosing(reader)
    const waits = [waitReadable(reader), waitFor(reader, EVENT_READ, { timeout: 60 })]
    const stays = waitReadable(other)
    notifyClosing(reader)
    reader.close()
    for (const settled of await Promise.allSettled(waits)) {
      const reason = {
        code: 'EBADF',
        syscall: 'notifyClosing',
        message: expect.stringContaining('is about to be closed'),
      }
      expect(settled).toMatchObject({ status: 'rejected', reason })
    }
    writer.write('x')
    expect(await stays).toBe(true)
    expect(() => notifyClosing(reader)).toThrow(expect.objectContaining({ code: 'ERR_SELECTOR_VALUE' }))
    expect(() => notifyClosing({} as number)).toThrow(expect.objectContaining({ code: 'ERR_SELECTOR_VALUE' }))
  })

  it('lets each wait have its own time', async () => {
    const [reader, writer] = open(pipe())
    const long = waitReadable(reader, { timeout: 60 })
    const started = performance.now()
    expect(await waitReadable(reader, { timeout: 0.05 })).toBe(false)
    expect(await waitReadable(reader, { timeout: 0.02 })).toBe(false)
    expect(performance.now() - started).toBeGreaterThanOrEqual(70)
    writer.write('x')
    expect(await long).toBe(true)
  })

  it('prefers what is ready to a time that is over as well', async () => {
    const [reader, writer] = open(pipe())
    const waiting = waitReadable(reader, { timeout: 0.01 })
    writer.write('x')
    for (const end = performance.now() + 30; performance.now() < end; );
    expect(await waiting).toBe(true)
  })

  it('tells all who wait for the same', async () => {
    const [reader, writer] = open(pipe())
    const waits = [waitReadable(reader), waitReadable(reader.fileno()), waitReadable(reader, { timeout: 10 })]
    writer.write('x')
    expect(await Promise.all(waits)).toEqual([true, true, true])
  })

  it('waits for both directions of one descriptor', async () => {
    const [ours, theirs] = open(socketpair())
    const reading = waitReadable(ours)
    expect(await waitWritable(ours)).toBe(true)
    theirs.send('x')
    expect(await reading).toBe(true)
  })

  it('ends a wait that is aborted, and no other', async () => {
    const [reader, writer] = open(pipe())
    const [first, second] = [new AbortController(), new AbortController()]
    const aborted = waitReadable(reader, { signal: first.signal })
    const goesOn = waitReadable(reader, { signal: second.signal })
    first.abort('enough')
    await expect(aborted).rejects.toBe('enough')
    writer.write('x')
    expect(await goesOn).toBe(true)
    second.abort()
    await expect(waitReadable(reader, { signal: first.signal })).rejects.toBe('enough')
  })

  it('lets a wait begin in the turn in which all others end', async () => {
    const [reader, writer] = open(pipe())
    const controller = new AbortController()
    const aborted = waitReadable(reader, controller)
    controller.abort()
    const waiting = waitReadable(reader)
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
    writer.write('x')
    expect(await waiting).toBe(true)
  })

  it('waits for 64 at once, and takes nothing from the thread pool', async () => {
    const pairs = Array.from({ length: 64 }, () => open(socketpair()))
    const waits = pairs.flatMap(([ours]) => [waitReadable(ours), waitReadable(ours, { timeout: 20 })])
    expect((await readFile(__filename)).length).toBeGreaterThan(0)
    expect((await lookup('localhost')).address).toBeTruthy()
    const order: number[] = []
    for (const [index, wait] of waits.entries()) wait.then(() => order.push(index >> 1))
    for (const index of [63, 0, 31]) {
      pairs[index]?.[1].send('x')
      await waits[2 * index + 1]
      expect(order.slice(-2)).toEqual([index, index])
    }
    for (const [, theirs] of pairs) theirs.send('x')
    expect(await Promise.all(waits)).toEqual(waits.map(() => true))
  })

  it('leaves no descriptor behind', async () => {
    const [reader] = open(pipe())
    await waitReadable(reader, { timeout: 0.001 })
    const before = readdirSync('/proc/self/fd')
    for (let i = 0; i < 200; i++) {
      const controller = new AbortController()
      const waits = [waitReadable(reader, controller), waitReadable(reader, { timeout: 0 })]
      controller.abort()
      await Promise.allSettled(waits)
    }
    // The collector may have closed others.
    expect(readdirSync('/proc/self/fd').filter((fd) => !before.includes(fd))).toEqual([])
  })

  it('tells that a regular file is ready, and starves nobody', async () => {
    const fd = openSync(__filename, 'r')
    let over = false
    setTimeout(20).then(() => {
      over = true
    })
    while (!over) expect(await waitReadable(fd)).toBe(true)
    await expect(waitReadable(fd, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
    if (backend === 'epoll') {
      await expect(waitFor(fd, library.EVENT_PRIORITY)).rejects.toMatchObject({ code: 'EPERM' })
    }
    closeSync(fd)
  })

  it.each([
    ['as an object', (end: PipeEnd) => end],
    ['by its number', (end: PipeEnd) => end.fileno()],
  ])('does not take a file for one that was closed while it was waited for, %s', async (_how, of) => {
    const [old] = open(pipe())
    const fd = old.fileno()
    const forgotten = [waitReadable(of(old)), waitReadable(of(old), { timeout: 60 })]
    for (const wait of forgotten) wait.catch(() => {})
    old.close()
    const [reader, writer] = reuse(fd)
    const waiting = waitReadable(of(reader))
    writer.write('x')
    expect(await waiting).toBe(true)
    for (const wait of forgotten) {
      await expect(wait).rejects.toMatchObject({
        code: 'EBADF',
        message: expect.stringContaining(`fd ${fd} was closed`),
      })
    }
  })

  it.each(['is pending', 'is over'])('refuses a closed object, when an earlier wait for it %s', async (when) => {
    const [old, other] = open(socketpair())
    const fd = old.fileno()
    const earlier = waitReadable(old)
    earlier.catch(() => {})
    if (when === 'is over') {
      other.send('x')
      expect(await earlier).toBe(true)
    }
    old.close()
    const refusal = { code: 'ERR_SELECTOR_VALUE', message: expect.stringMatching(/of a Socket: it is closed/) }
    await expect(waitReadable(old)).rejects.toMatchObject(refusal)
    reuse(fd)[1].write('x')
    await expect(waitReadable(old)).rejects.toMatchObject(refusal)
    await expect(waitWritable(old, { timeout: 0 })).rejects.toMatchObject(refusal)
  })

  it('refuses a number that is not open', async () => {
    const [reader] = open(pipe())
    const fd = reader.fileno()
    // Opens the selector, which would take the number otherwise.
    await waitReadable(reader, { timeout: 0 })
    reader.close()
    for (const file of [fd, { fd }]) {
      await expect(waitReadable(file)).rejects.toMatchObject({
        code: 'EBADF',
        message: expect.stringContaining(`fd ${fd} is not open`),
      })
    }
  })

  it('has one listener for all waits on one signal, and none afterwards', async () => {
    const [[reader, writer], controller] = [open(pipe()), new AbortController()]
    const { signal } = controller
    const waits = Array.from({ length: 12 }, () => waitReadable(reader, { signal }))
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    writer.write('x')
    expect(await Promise.all(waits)).toEqual(waits.map(() => true))
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    const [idle] = open(pipe())
    const aborted = Array.from({ length: 12 }, () => waitReadable(idle, { signal, timeout: 60 }))
    controller.abort('enough')
    for (const wait of aborted) await expect(wait).rejects.toBe('enough')
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  it("goes by a test's clock where it has one, and reports what is ready all the same", async () => {
    const [reader, writer] = open(pipe())
    jest.useFakeTimers()
    try {
      const waits = [waitReadable(reader, { timeout: 60 }), waitReadable(reader, { timeout: 3600 })]
      jest.advanceTimersByTime(60_000)
      expect(await waits[0]).toBe(false)
      expect(await waitReadable(reader, { timeout: 0 })).toBe(false)
      writer.write('x')
      expect(await waits[1]).toBe(true)
      expect(jest.getTimerCount()).toBe(0)
    } finally {
      jest.useRealTimers()
    }
  })

  it('ends a wait for a regular file that is aborted', async () => {
    const [file, controller] = [openSync(__filename, 'r'), new AbortController()]
    const waiting = waitReadable(file, controller)
    controller.abort('enough')
    await expect(waiting).rejects.toBe('enough')
    closeSync(file)
  })

  it.each([
    ['no file object', '5', undefined, 'ERR_SELECTOR_VALUE', /^Invalid file object "5"/],
    ['a negative number', -1, undefined, 'ERR_SELECTOR_VALUE', /closed/],
    ['NaN as a timeout', 0, Number.NaN, 'ERR_SELECTOR_VALUE', /^Invalid timeout: expected seconds, .* got NaN$/],
    ['a timeout that is no number', 0, '1', 'ERR_SELECTOR_VALUE', /^Invalid timeout: .* got "1"$/],
  ])('refuses %s', async (_what, fileobj, timeout, code, message) => {
    const options = { timeout: timeout as number }
    await expect(waitReadable(fileobj as number, options)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  it.each([1, 'signal', {}, new AbortController()])('refuses %p for a signal', async (signal) => {
    await expect(waitReadable(0, { signal: signal as never })).rejects.toMatchObject({
      code: 'ERR_SELECTOR_VALUE',
      message: expect.stringMatching(/^Invalid signal: expected an AbortSignal, .* got /),
    })
  })

  it.each([0.1, '1', null])('refuses %p for options', async (options) => {
    await expect(waitReadable(0, options as never)).rejects.toMatchObject({
      code: 'ERR_SELECTOR_VALUE',
      message: expect.stringMatching(/^Invalid options: expected an object, .* got /),
    })
  })
})

it('leaves nothing in the epoll set', async () => {
  const { waitReadable, waitWritable } = load('epoll')
  const [ours] = open(socketpair())
  const waits = [waitReadable(ours, { timeout: 0.01 }), waitWritable(ours)]
  expect(isWatched(ours)).toBe(true)
  expect(await Promise.all(waits)).toEqual([false, true])
  expect(isWatched(ours)).toBe(false)
})

it.each(['poll', 'select'])(
  'rejects a wait for what was closed meanwhile, where the system tells: on %s',
  async (backend) => {
    const { waitReadable } = load(backend)
    for (const file of [(end: PipeEnd) => end, (end: PipeEnd) => end.fileno()]) {
      const [[closed], [idle]] = [open(pipe()), open(pipe())]
      const refused = waitReadable(file(closed))
      closed.close()
      const refusal = expect(refused).rejects.toMatchObject({
        code: 'EBADF',
        message: expect.stringContaining('was closed'),
      })
      // Looks at all that is waited for.
      expect(await waitReadable(idle, { timeout: 0 })).toBe(false)
      await refusal
    }
  },
)

it('refuses to be told that a closed object is closing, also before anything has waited', () => {
  const { notifyClosing } = load('epoll')
  const [closed] = pipe()
  closed.close()
  expect(() => notifyClosing(closed)).toThrow(expect.objectContaining({ code: 'ERR_SELECTOR_VALUE' }))
})

it('watches nothing for who has waited for what was closed, once another file has the number', async () => {
  const { waitReadable, waitWritable } = load('epoll')
  const [old] = open(socketpair())
  const fd = old.fileno()
  const forgotten = expect(waitReadable(old)).rejects.toMatchObject({ code: 'EBADF' })
  old.close()
  let [ours] = open(socketpair())
  while (ours.fileno() !== fd) [ours] = open(socketpair())
  const waiting = waitWritable(ours)
  await forgotten
  expect(await waiting).toBe(true)
  expect(isWatched(ours)).toBe(false)
})

it.each([
  ['says -1', (end: PipeEnd) => end],
  ['throws', (end: PipeEnd) => ({ fileno: () => checked(end.fileno()) })],
])('does not take an end for another of the same file that has its number by now: it %s', async (_what, of) => {
  const { waitReadable } = load('poll')
  const [reader, writer] = open(pipe())
  const fd = reader.fileno()
  const refused = expect(waitReadable(of(reader))).rejects.toMatchObject({ code: 'EBADF' })
  const twin = reader.dup()
  reader.close()
  const third = twin.dup()
  open([twin, third])
  expect(third.fileno()).toBe(fd)
  writer.write('x')
  await refused
})

it('rejects what cannot be waited for any more once another wait is over', async () => {
  let registrations = 0
  const { waitReadable, waitWritable } = load('poll', (registry) => {
    const { PollSelector } = require('@selectors/poll') as typeof import('@selectors/poll')
    class Tired extends PollSelector {
      override register(...args: Parameters<InstanceType<typeof PollSelector>['register']>) {
        if (++registrations > 2) throw new Error('no more')
        return super.register(...args)
      }
    }
    registry.registerBackend({ name: 'tired', load: () => Tired as never })
    return 'tired'
  })
  const [ours] = open(socketpair())
  const refused = expect(waitReadable(ours)).rejects.toThrow('no more')
  expect(await waitWritable(ours)).toBe(true)
  await refused
})

it('goes on to wait for one event when the other one is refused', async () => {
  const { waitReadable, waitWritable } = load('poll', (registry) => {
    const { PollSelector } = require('@selectors/poll') as typeof import('@selectors/poll')
    class Picky extends PollSelector {
      override register(...args: Parameters<InstanceType<typeof PollSelector>['register']>) {
        if (args[1] & 2) throw new Error('no writing here')
        return super.register(...args)
      }
    }
    registry.registerBackend({ name: 'picky', load: () => Picky as never })
    return 'picky'
  })
  const [ours, theirs] = open(socketpair())
  const waiting = waitReadable(ours)
  await expect(waitWritable(ours)).rejects.toThrow('no writing here')
  theirs.send('x')
  expect(await waiting).toBe(true)
})

it('rejects only the waits for what was closed, where the system refuses to wait for it', async () => {
  const { waitReadable } = load('select')
  const [[closed], [reader, writer]] = [open(pipe()), open(pipe())]
  const refused = waitReadable(closed)
  const goesOn = waitReadable(reader)
  closed.close()
  const refusal = expect(refused).rejects.toMatchObject({
    code: 'EBADF',
    message: expect.stringContaining('was closed'),
  })
  // Looks at all that is waited for.
  expect(await waitReadable(reader, { timeout: 0 })).toBe(false)
  await refusal
  writer.write('x')
  expect(await goesOn).toBe(true)
})

it('rejects all waits where the system refuses to wait for any, and waits again', async () => {
  let refused = true
  const { waitReadable } = load('select', (registry) => {
    const { PollSelector } = require('@selectors/poll') as typeof import('@selectors/poll')
    class Refused extends PollSelector {
      override async selectAsync(options?: Parameters<InstanceType<typeof PollSelector>['selectAsync']>[0]) {
        if (refused) throw new Error('no memory')
        return super.selectAsync(options)
      }
    }
    registry.registerBackend({ name: 'refused', load: () => Refused as never })
    return 'refused'
  })
  const [[first], [second, writer]] = [open(pipe()), open(pipe())]
  const waits = await Promise.allSettled([waitReadable(first), waitReadable(second), waitReadable(second)])
  expect(waits.map((wait) => wait.status === 'rejected' && wait.reason.message)).toEqual(Array(3).fill('no memory'))
  refused = false
  writer.write('x')
  expect(await waitReadable(second)).toBe(true)
})

function checked(fd: number): number {
  if (fd < 0) throw new TypeError('closed')
  return fd
}

/** Opens a pipe whose reader has this number, which is free. */
function reuse(fd: number): [reader: PipeEnd, writer: PipeEnd] {
  let ends = open(pipe())
  while (ends[0].fileno() !== fd) ends = open(pipe())
  return ends
}

/** The package as it is on a certain backend, which may be registered before. */
function load(
  backend: string,
  prepare?: (registry: typeof import('@selectors/default/registry')) => string,
): typeof all {
  let loaded: unknown
  jest.isolateModules(() => {
    process.env.SELECTORS_BACKEND = prepare?.(require('@selectors/default/registry')) ?? backend
    loaded = require('@selectors/default')
  })
  delete process.env.SELECTORS_BACKEND
  return loaded as typeof all
}

/** Some epoll set of this process holds it, see proc_pid_fdinfo(5). */
function isWatched(socket: Socket): boolean {
  const sets = readdirSync('/proc/self/fdinfo').flatMap((fd) => {
    try {
      return readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')
    } catch {
      return []
    }
  })
  return sets.some((set) => new RegExp(`^tfd:\\s+${socket.fileno()} `, 'm').test(set))
}

function fill(socket: Socket): void {
  const piece = Buffer.alloc(65536)
  repeat(() => socket.send(piece))
}

function drain(socket: Socket): void {
  repeat(() => socket.recv(65536))
}

/** Calls until it would have to wait. */
function repeat(call: () => unknown): void {
  try {
    for (;;) call()
  } catch (error) {
    expect(error).toMatchObject({ code: 'EAGAIN' })
  }
}
