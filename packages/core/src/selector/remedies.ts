type Words = Readonly<Record<string, string | undefined>>
type BySyscall = Readonly<Record<string, Words | undefined>>

/**
 * What a refusal means and what to do, by system call and code. It follows `fd 7`.
 *
 * The sources are epoll_ctl(2), kevent(2) and what the kernels do.
 */
const ofControl: BySyscall = {
  epoll_ctl: {
    EPERM:
      ' cannot be waited on: it is a regular file, a directory or a device that is always ready. ' +
      'new EpollSelector({ anyDescriptor: true }), @selectors/poll and waitReadable() call it ready',
    EINVAL:
      ' cannot be waited on: it is the selector itself, or a descriptor of its own, or too many selectors ' +
      'wait for the same file through others',
    ELOOP: ' is a selector that waits for this one, or too many selectors wait for each other',
    ENOENT: ' was closed, and its number belongs to another file now',
    ENOSPC: ' is one too many for this user: raise /proc/sys/fs/epoll/max_user_watches',
  },
  kevent: {
    EINVAL:
      ' cannot be waited on for these events: it is the selector itself, or another selector, for writing, or a file that ' +
      'kqueue does not know. Try @selectors/select',
    ELOOP: ' is a selector that waits for this one',
    EPIPE: ' is a pipe whose other end is gone',
    ENOENT: ' was closed, and its number belongs to another file now',
  },
}

const toQueue = ' cannot be waited on for writing: it is the queue of a selector'

/** Where a system means something else by a code than others, or is alone in returning it. */
const onSystem: Readonly<Record<string, BySyscall | undefined>> = {
  darwin: {
    kevent: {
      EINVAL:
        ' cannot be waited on by kqueue of macOS: it is a directory, a named FIFO, whose end would not be reported, or, before ' +
        'macOS 12, a device such as /dev/tty: try @selectors/select. Or it is the selector itself, or another one, for writing ' +
        'or nested too deeply',
      ENOTSUP: ' is shared memory or a semaphore, which cannot be waited on',
    },
    poll: {
      EINVAL:
        ' cannot be waited on by poll(2) of macOS: it is a device, a directory or a named FIFO. Try @selectors/select',
    },
  },
  freebsd: { kevent: { ENODEV: ' is a device that kqueue does not know: try @selectors/poll' } },
  netbsd: { kevent: { EBADF: ' is not open, or is a pipe whose other end is gone', EPERM: toQueue } },
  // Linux, where this is tried, has one number for both.
  dragonfly: { kevent: { EOPNOTSUPP: toQueue, ENOTSUP: toQueue } },
}

const raise = 'raise that limit, such as by ulimit -n'
const noneLeft = `the process has no descriptor left (RLIMIT_NOFILE): close some, or ${raise}`
const noneInSystem = 'the system has no descriptor left: close some, or raise its limit'
const noThread =
  'it needs a thread, and none can be made: end some, or raise a limit (RLIMIT_NPROC, RLIMIT_AS, pids.max of the cgroup)'

const ofAnyControl: Words = {
  EAGAIN: ` cannot be waited for now: ${noThread}`,
  EBADF: ' is not open',
  EMFILE: ` cannot be waited for now: ${noneLeft}`,
  ENFILE: ` cannot be waited for now: ${noneInSystem}`,
  ENOTSOCK: ' is not an open socket, and Windows waits for nothing else',
}

/** What the refusal of a wait, a wake-up or a queue means. */
const ofOthers: BySyscall = {
  epoll_ctl: {
    EINVAL: 'it has too many descriptors of one file for others to wait for it: unregister some',
    ENOSPC: 'this user waits for too much: raise /proc/sys/fs/epoll/max_user_watches',
  },
  poll: { EINVAL: `more is registered than the process may open (RLIMIT_NOFILE): ${raise}` },
  selectAsync: { EAGAIN: noThread },
}

const othersOnSystem: Readonly<Record<string, BySyscall | undefined>> = {
  darwin: {
    poll: {
      EINVAL: `more is registered than the process may open (RLIMIT_NOFILE), or than 10240: ${raise}, or try @selectors/kqueue`,
    },
  },
}

const noneBelow = 'it needs a descriptor of its own below FD_SETSIZE (1024), and none is free: try @selectors/poll'

const cannot = 'this selector cannot do that'

const ofAnyOther: Words = {
  EMFILE: noneLeft,
  ENFILE: noneInSystem,
  // One number on some systems, with either name.
  ENOTSUP: cannot,
  EOPNOTSUPP: cannot,
  ERANGE: noneBelow,
}

/** Says what is the matter with a descriptor, on a system that `process.platform` names so; nothing where that is not known. */
export function remedyForFd(syscall: string, code: string, system: string = process.platform): string {
  return onSystem[system]?.[syscall]?.[code] ?? ofControl[syscall]?.[code] ?? ofAnyControl[code] ?? ''
}

/** Says what is the matter where it is not with a descriptor. */
export function remedyFor(syscall: string, code: string, system: string = process.platform): string | undefined {
  return othersOnSystem[system]?.[syscall]?.[code] ?? ofOthers[syscall]?.[code] ?? ofAnyOther[code]
}

/** Says which descriptors a backend takes. */
export function rangeOf(syscall: string): string {
  return syscall === 'select'
    ? 'select(2) takes descriptors below FD_SETSIZE (1024) only, try @selectors/poll'
    : `${syscall} takes lower descriptors only`
}
