import { constants } from 'node:os'
import { type Poller, PollerSelector, supporting } from '@selectors/core'

const { EINVAL, EBADF, ELOOP, EPERM, ENODEV, EOPNOTSUPP } = constants.errno

/** The message of a refused call on a system, of a backend with its system calls. */
function messageOn(system: string, syscall: string, refused: Partial<Record<'add' | 'wait', number>>): string {
  const { add = 0, wait = 0 } = refused
  const answers = { open: 0, fileno: 0, add: -add, modify: 0, remove: 0, wait: -wait, close: 0 }
  const poller = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, () => answer]))
  const mechanism = {
    system,
    syscalls: { open: syscall, control: syscall, wait: syscall },
    supports: supporting({}),
  }
  const selector = new (class extends PollerSelector {})(poller as unknown as Poller, mechanism)
  try {
    selector.register(7, 1)
    selector.select(0)
    return 'nothing'
  } catch (error) {
    return (error as Error).message
  } finally {
    selector.close()
  }
}

describe('a refused registration is explained by what its code means on the system', () => {
  it.each([
    [
      'darwin',
      'poll',
      EINVAL,
      'fd 7 cannot be waited on by poll(2) of macOS: it is a device, a directory or a named FIFO',
    ],
    ['linux', 'poll', EINVAL, 'poll: fd 7'],
    ['netbsd', 'kevent', EBADF, 'fd 7 is not open, or is a pipe whose other end is gone'],
    ['freebsd', 'kevent', EBADF, 'fd 7 is not open'],
    ['netbsd', 'kevent', EPERM, 'fd 7 cannot be waited on for writing: it is the queue of a selector'],
    ['linux', 'epoll_ctl', EPERM, 'fd 7 cannot be waited on: it is a regular file'],
    ['freebsd', 'kevent', ENODEV, 'fd 7 is a device that kqueue does not know'],
    [
      'darwin',
      'kevent',
      EINVAL,
      'a directory, a named FIFO, whose end would not be reported, or, before macOS 12, a device',
    ],
    ['openbsd', 'kevent', EINVAL, 'fd 7 cannot be waited on for these events: it is the selector itself'],
    ['dragonfly', 'kevent', EOPNOTSUPP, 'fd 7 cannot be waited on for writing: it is the queue of a selector'],
    ['openbsd', 'kevent', ELOOP, 'fd 7 is a selector that waits for this one'],
  ])('%s, %s, %d: %s', (system, syscall, add, words) => {
    const message = messageOn(system, syscall, { add })
    const [, said] = /^E\w+: [^,]+, \w+: (.*)$/.exec(message) as RegExpExecArray
    expect(`${syscall}: ${said}`).toContain(words)
    if (!words.includes('whose other end')) expect(said).not.toContain('whose other end')
  })
})

it.each([
  ['darwin', /more is registered than the process may open \(RLIMIT_NOFILE\), or than 10240/],
  ['openbsd', /more is registered than the process may open \(RLIMIT_NOFILE\): raise that limit/],
])('a refused wait is too: poll on %s', (system, words) => {
  expect(messageOn(system, 'poll', { wait: EINVAL })).toMatch(words)
})
