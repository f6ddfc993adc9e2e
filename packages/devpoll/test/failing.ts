import { closeSync, openSync } from 'node:fs'
import { type Socket, socketpair } from '@selectors/socket'
import { DevpollSelector } from './devpoll-selector'
import { countOf, type Failure, failNoMore, openSets, watchedBy } from './emulation'

// What each system call may fail with, and what has to be so afterwards.
export const openCodes = ['EMFILE', 'ENFILE', 'ENOMEM', 'ENXIO', 'EACCES', 'ENOENT', 'EINTR', 'EAGAIN'] as const
export const writeCodes = ['ENOMEM', 'EINVAL', 'EACCES', 'ENXIO', 'EFAULT', 'EBADF', 'EIO', 'EBUSY', 'short'] as const
export const ioctlCodes = ['ENOMEM', 'EINVAL', 'EACCES', 'ENXIO', 'EFAULT', 'EBADF', 'EIO'] as const

/** The entries of a change: POLLREMOVE, then the events. */
export const writeFaults = writeCodes.flatMap((code) =>
  (code === 'short' ? [0, 1] : [0, 1, 2]).map((applied) => [code, applied] as const),
)

export let selector: DevpollSelector
export let sockets: Socket[]

/** Makes a selector and sockets that are ready for both events anew for each test, of which nothing may be left. */
export function failForEach(): void {
  let free: number
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
    // Lower where something older was collected.
    expect(lowestFree()).toBeLessThanOrEqual(free)
  })
}

/** Expects that these are the keys, and what is watched. */
export function expectKeys(...expected: [Socket, number][]): void {
  const pairs = inOrder(expected.map(([socket, events]) => [socket.fileno(), events]))
  expect(inOrder([...selector.getMap().values()].map(({ fd, events }) => [fd, events]))).toEqual(pairs)
  expect(inOrder(watchedBy(selector))).toEqual(pairs)
}

/** Expects that nothing is ready, and that waiting for it is no loop. */
export function expectWaits(): void {
  const before = countOf('ioctl')
  const start = process.hrtime.bigint()
  expect(selector.select(0.02)).toEqual([])
  expect(process.hrtime.bigint() - start).toBeGreaterThanOrEqual(20_000_000n)
  expect(countOf('ioctl') - before).toBeLessThan(10)
}

/** The error of a write that failed, about this socket. */
export function refused(code: Failure['code'], socket: Socket) {
  return expect.objectContaining({
    code: code === 'short' ? 'EIO' : code,
    syscall: 'write',
    message: expect.stringContaining(`fd ${socket.fileno()}`),
  })
}

/** The number that the next descriptor gets. */
export function lowestFree(): number {
  const fd = openSync('/dev/null', 'r')
  closeSync(fd)
  return fd
}

export function inOrder(pairs: readonly (readonly number[])[]): (readonly number[])[] {
  return [...pairs].sort(([a = 0], [b = 0]) => a - b)
}
