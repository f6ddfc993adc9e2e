type Words = Readonly<Record<string, string | undefined>>

const onNetBsd = (process.platform as string) === 'netbsd'

/**
 * What a refusal means and what to do, by system call and code: the same code has other causes on other systems. It follows
 * `fd 7`.
 *
 * The sources are epoll_ctl(2), kevent(2) and what the kernels do: FreeBSD has devices without a filter (ENODEV), NetBSD
 * refuses a pipe whose other end is gone (EBADF) and a queue for writing (EPERM), macOS some devices (EINVAL).
 */
const ofControl: Readonly<Record<string, Words | undefined>> = {
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
    EBADF: onNetBsd ? ' is not open, or is a pipe whose other end is gone' : undefined,
    EPERM: ' cannot be waited on for writing: it is the queue of a selector',
    EINVAL:
      ' cannot be waited on for these events: it is a file, a device or the selector itself. Try @selectors/select',
    ENODEV: ' is a device that kqueue does not know: try @selectors/poll',
    EPIPE: ' is a pipe whose other end is gone',
    ENOENT: ' was closed, and its number belongs to another file now',
  },
}

const ofAnyControl: Words = {
  EBADF: ' is not open',
  ENOTSOCK: ' is not an open socket, and Windows waits for nothing else',
}

/** What the refusal of a wait, a wake-up or a queue means. */
const ofOthers: Readonly<Record<string, Words | undefined>> = {
  poll: {
    EINVAL: 'more is registered than the process may open (RLIMIT_NOFILE): raise that limit, such as by ulimit -n',
  },
}

const noneBelow = 'it needs a descriptor of its own below FD_SETSIZE (1024), and none is free: try @selectors/poll'

const cannot = 'this selector cannot do that'

const ofAnyOther: Words = {
  EMFILE: 'the process has no descriptor left (RLIMIT_NOFILE): close some, or raise that limit, such as by ulimit -n',
  ENFILE: 'the system has no descriptor left: close some, or raise its limit',
  // One number on some systems, with either name.
  ENOTSUP: cannot,
  EOPNOTSUPP: cannot,
  ERANGE: noneBelow,
}

/** Says what is the matter with a descriptor; nothing where that is not known. */
export function remedyForFd(syscall: string, code: string): string {
  return ofControl[syscall]?.[code] ?? ofAnyControl[code] ?? ''
}

/** Says what is the matter where it is not with a descriptor. */
export function remedyFor(syscall: string, code: string): string | undefined {
  return ofOthers[syscall]?.[code] ?? ofAnyOther[code]
}

/** Says which descriptors a backend takes. */
export function rangeOf(syscall: string): string {
  return syscall === 'select'
    ? 'select(2) takes descriptors below FD_SETSIZE (1024) only, try @selectors/poll'
    : `${syscall} takes lower descriptors only`
}
