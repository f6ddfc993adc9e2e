import { fstatSync } from 'node:fs'
import { constants } from 'node:os'
import { SystemError, ValueError } from './errors.js'

// The one place where a poller's answer becomes an error.
const { EBADF, EPERM, ERANGE } = constants.errno

/** Passes a result on, and throws what is none. */
export function check(result: number, syscall: string): number {
  if (result < 0) throw new SystemError(result, syscall)
  return result
}

/** Makes the error of a refused registration. */
export function controlRefused(errno: number, syscall: string, fd: number): ValueError | SystemError {
  if (errno === -ERANGE) return new ValueError(`fd ${fd} is out of range: ${syscall} takes lower descriptors only`)
  return new SystemError(errno, syscall, `fd ${fd}${remedies.get(errno) ?? ''}`)
}

const remedies = new Map([
  [-EBADF, ' is not open'],
  [-EPERM, ' cannot be waited on: it is a regular file, a directory or a device that is always ready'],
])

/** Makes the error of a refused wait, which names the descriptors that were closed while they were registered. */
export function waitRefused(errno: number, syscall: string, fds: Iterable<number>): SystemError {
  const closed = errno === -EBADF ? [...fds].filter((fd) => !isOpen(fd)) : []
  return new SystemError(
    errno,
    syscall,
    closed.length > 0 ? `fd ${closed.join(', ')} was closed: unregister it` : undefined,
  )
}

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd)
    return true
  } catch {
    return false
  }
}
