import { constants } from 'node:os'
import { KeyError, SystemError } from './errors.js'
import { name } from './file-object.js'

/** Makes the error for what a selector cannot do, as its `supports` says. */
export function notSupported(method: string): SystemError {
  return new SystemError(-constants.errno.ENOTSUP, method, 'this selector cannot do that')
}

/** Makes the error for a file object that is not registered. */
export function notRegistered(fileobj: unknown, fd: number): KeyError {
  return new KeyError(`${nameWithFd(fileobj, fd)} is not registered`)
}

/** Names a file object in a message: `7`, `a Socket (fd 7)`. */
export function nameWithFd(fileobj: unknown, fd: number): string {
  return fileobj === fd ? String(fd) : `${name(fileobj)} (fd ${fd})`
}
