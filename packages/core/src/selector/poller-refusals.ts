import { constants } from 'node:os'
import { codeOf, SystemError, ValueError } from '../contract/errors.js'
import { isOpen } from '../contract/open-file.js'
import type { SelectorKey } from '../contract/selector-key.js'
import type { Poller } from '../poller.js'

// The one place where a poller's negative result becomes an error.

/** Returns the result; throws if it is negative. */
export function check(result: number, syscall: string): number {
  if (result < 0) throw new SystemError(result, syscall)
  return result
}

/** Makes the error of a refused registration. */
export function controlRefused(errno: number, syscall: string, fd: number): ValueError | SystemError {
  if (errno === -constants.errno.ERANGE)
    return new ValueError(`fd ${fd} is out of range: ${syscall} takes lower descriptors only`)
  return new SystemError(errno, syscall, `fd ${fd}${remedies[codeOf(errno)] ?? ''}`)
}

const remedies: { readonly [code: string]: string | undefined } = {
  EBADF: ' is not open',
  ENOTSOCK: ' is no open socket, and Windows waits for nothing else',
  EPERM: ' cannot be waited on: it is a regular file, a directory or a device that is always ready',
}

/** Makes the error of a refused wait, which names the descriptors that were closed while they were registered. */
export function waitRefused(errno: number, syscall: string, keys: Iterable<SelectorKey>, poller: Poller): SystemError {
  const closed = [...keys].filter((key) => isCulprit(codeOf(errno), key, poller)).map(({ fd }) => fd)
  return new SystemError(
    errno,
    syscall,
    closed.length > 0 ? `fd ${closed.join(', ')} was closed: unregister it` : undefined,
  )
}

/** A poller that knows sockets only looks at a number again when it is told the same events. */
function isCulprit(code: string, { fd, events }: SelectorKey, poller: Poller): boolean {
  return (code === 'EBADF' && !isOpen(fd)) || (code === 'ENOTSOCK' && poller.modify(fd, events) < 0)
}
