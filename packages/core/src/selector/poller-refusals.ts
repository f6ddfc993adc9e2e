import { constants } from 'node:os'
import { codeOf, SystemError, ValueError } from '../contract/errors.js'
import type { Mechanism } from '../contract/mechanism.js'
import { isOpen } from '../contract/open-file.js'
import type { SelectorKey } from '../contract/selector-key.js'
import type { Poller } from '../poller.js'
import { rangeOf, remedyFor, remedyForFd } from './remedies.js'

// The one place where a poller's negative result becomes an error.

const { EAGAIN, EMFILE, ENFILE, ENOMEM, ENOSPC } = constants.errno
/** No descriptor, no memory, no thread, or a limit of epoll(7): the same call may succeed later. */
const lacks = [EAGAIN, EMFILE, ENFILE, ENOMEM, ENOSPC]

/** Says whether a call was refused for want of means, and not because of what it was to do. */
export function isLack(errno: number): boolean {
  return lacks.includes(-errno)
}

/** Returns the result; throws if it is negative. */
export function check(result: number, syscall: string): number {
  if (result < 0) throw callRefused(result, syscall)
  return result
}

/** Makes the error of a refused call that is not about one descriptor. */
export function callRefused(errno: number, syscall: string, poller?: Poller, system?: string): SystemError {
  return lost(errno, syscall, poller) ?? new SystemError(errno, syscall, remedyFor(syscall, codeOf(errno), system))
}

/**
 * Makes the error of a refused registration.
 *
 * @param outcome what came of it besides
 */
export function controlRefused(
  errno: number,
  { syscalls: { control: syscall }, system }: Mechanism,
  fd: number,
  poller: Poller,
  outcome = '',
): ValueError | SystemError {
  const refused = lost(errno, syscall, poller)
  if (refused !== undefined) return refused
  if (errno === -constants.errno.ERANGE) return new ValueError(`fd ${fd} is out of range: ${rangeOf(syscall)}`)
  return new SystemError(errno, syscall, `fd ${fd}${remedyForFd(syscall, codeOf(errno), system)}${outcome}`)
}

/** Makes the error of a queue that is not to be had, or that cannot wait for all that is registered. */
export function queueRefused(errno: number, { syscalls: { open, control }, system }: Mechanism): SystemError {
  const isFull = ['EINVAL', 'ENOSPC'].includes(codeOf(errno))
  return callRefused(errno, isFull ? control : open, undefined, system)
}

/** Makes the error of a refused wait, which names the descriptors that were closed while they were registered. */
export function waitRefused(
  errno: number,
  { syscalls: { wait: syscall }, system }: Mechanism,
  keys: Iterable<SelectorKey>,
  poller: Poller,
): SystemError {
  const code = codeOf(errno)
  if (code === 'EFAULT') return new SystemError(errno, syscall, TRANSFERRED)
  const refused = lost(errno, syscall, poller)
  if (refused !== undefined) return refused
  const closed = [...keys].filter((key) => isCulprit(code, key, poller)).map(({ fd }) => fd)
  if (closed.length === 0) return callRefused(errno, syscall, undefined, system)
  return new SystemError(errno, syscall, `fd ${closed.join(', ')} was closed: unregister it`)
}

const TRANSFERRED =
  'the buffer does not hold what the poller counted: one that decorates another must hand `ready` on, and not transfer its memory'

/** A poller that knows sockets only looks at a number again when it is told the same events. */
function isCulprit(code: string, { fd, events }: SelectorKey, poller: Poller): boolean {
  return (code === 'EBADF' && !isOpen(fd)) || (code === 'ENOTSOCK' && poller.modify(fd, events) < 0)
}

/** Makes the error of a poller whose own descriptor is not its own any more, if it is that. */
function lost(errno: number, syscall: string, poller: Poller | undefined): SystemError | undefined {
  if (errno !== -constants.errno.EBADF && errno !== -constants.errno.EINVAL) return undefined
  const fd = poller?.lost?.() ?? -1
  if (fd < 0) return undefined
  return new SystemError(errno, syscall, `fd ${fd}, the selector's own, was closed by other code: close the selector`)
}
