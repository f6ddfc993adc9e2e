import { happened, isExpected, isTrue, type Result, tell } from './faults/expected'
import { run } from './faults/program'

// Each system call of a backend fails with each error that it may report, in every operation that makes it: once, or for as long as
// the operation lasts. Then it fails with that error, which names the call and the descriptor, or does without; all is as it was, and
// works, and nothing is left open. `tolerated` lists where an operation goes on.

type Codes = Readonly<Record<string, readonly string[]>>

const ofWakeups: Codes = {
  close: ['EIO', 'EINTR'],
  eventfd: ['EMFILE', 'ENFILE', 'ENOMEM'],
  fcntl: ['EMFILE'],
  fstat: ['EIO'],
  pthread_create: ['EAGAIN'],
  read: ['EINTR'],
  write: ['EINTR'],
}

const ofEpoll: Codes = {
  epoll_create1: ['EMFILE', 'ENFILE', 'ENOMEM'],
  // The others say something of the descriptor that would not be true.
  epoll_ctl: ['ENOMEM', 'ENOSPC', 'EINVAL'],
  epoll_wait: ['EINTR', 'EINVAL', 'EBADF'],
  // epoll_pwait2(2)
  syscall: ['EINTR', 'EINVAL', 'ENOSYS', 'EPERM'],
}

/** What each call may fail with. Those of libuv, which is a part of Node, are its own first ones for a descriptor. */
const codes: Readonly<Record<string, Readonly<Record<string, Codes>>>> = {
  epoll: { 'epoll.node': { ...ofWakeups, ...ofEpoll }, '': { epoll_ctl: ['ENOMEM', 'EINVAL'], fcntl: ['EINVAL'] } },
  poll: { 'poll.node': { ...ofWakeups, poll: ['EINTR', 'ENOMEM', 'EINVAL'], ppoll: ['EINTR', 'ENOMEM', 'EINVAL'] } },
  select: { 'select.node': { ...ofWakeups, pselect: ['EINTR', 'ENOMEM', 'EINVAL', 'EBADF'] } },
}

describe.each(Object.entries(codes))('a failure of a system call, over %s', (backend, modules) => {
  const results: Result[] = []

  beforeAll(async () => {
    const all = (await run('run.cjs', backend, JSON.stringify(modules))) as Result[]
    results.push(...all.filter(isTrue))
  }, 120_000)

  it.each(Object.values(modules).flatMap(Object.keys))('of %s happens in some operation', (call) => {
    expect(results.some((result) => result.call === call && result.failed > 0)).toBe(true)
  })

  it('is told, or tolerated', () => {
    const wrong = results.filter(happened).filter((result) => !isExpected(result, backend))
    expect(wrong.map((result) => tell(result, result.outcome))).toEqual([])
  })

  it('leaves all as it was', () => {
    const wrong = results.filter(({ wrong, left, usual }) => wrong.length + left + usual.wrong.length > 0)
    expect(wrong.map((result) => tell(result, [result.wrong, result.left]))).toEqual([])
  })
})
