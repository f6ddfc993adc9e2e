import { fstatSync } from 'node:fs'
import { constants } from 'node:os'
import { codeOf, KeyError, SystemError, ValueError } from './errors.js'
import { name } from './file-object.js'
import type { Poller } from './poller.js'
import type { SelectorKey } from './selector-key.js'

// The one place where a poller's answer becomes an error, and what is not possible otherwise.
const { ENOTSUP, ERANGE } = constants.errno

/** Passes a result on, and throws what is none. */
export function check(result: number, syscall: string): number {
  if (result < 0) throw new SystemError(result, syscall)
  return result
}

/** Makes the error of a refused registration. */
export function controlRefused(errno: number, syscall: string, fd: number): ValueError | SystemError {
  if (errno === -ERANGE) return new ValueError(`fd ${fd} is out of range: ${syscall} takes lower descriptors only`)
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

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd)
    return true
  } catch {
    return false
  }
}

/** Makes the error for what a selector cannot do, as its `supports` says. */
export function notSupported(method: string): SystemError {
  return new SystemError(-ENOTSUP, method, 'this selector cannot do that')
}

/** Makes the error for a file object that is not registered. */
export function notRegistered(fileobj: unknown, fd: number): KeyError {
  return new KeyError(`${nameWithFd(fileobj, fd)} is not registered`)
}

/** Names a file object in a message: `7`, `a Socket (fd 7)`. */
export function nameWithFd(fileobj: unknown, fd: number): string {
  return fileobj === fd ? String(fd) : `${name(fileobj)} (fd ${fd})`
}
