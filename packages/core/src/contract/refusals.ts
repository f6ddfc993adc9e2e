import { constants } from 'node:os'
import { KeyError, SelectorBusyError, SelectorClosedError, SystemError } from './errors.js'
import { filenoOf, name } from './file-object.js'
import type { SelectorKey } from './selector-key.js'

/** Makes the error for what a selector cannot do, as its `supports` says. */
export function notSupported(method: string): SystemError {
  return new SystemError(-constants.errno.ENOTSUP, method, 'this selector cannot do that')
}

/** Makes the error for what is called after `close()`. */
export function closedError(): SelectorClosedError {
  return new SelectorClosedError('The selector is closed')
}

/** Makes the error for what a debugger calls in a thread that the same selector blocks. */
export function underSelect(): SelectorBusyError {
  return new SelectorBusyError('The selector is in select(), from under which only getKey() and getMap() may be called')
}

/** Makes the error for a file object that is not registered. */
export function notRegistered(fileobj: unknown, fd: number): KeyError {
  return new KeyError(`${nameWithFd(fileobj, fd)} is not registered`)
}

/** Makes the error for a file object that is registered already, perhaps through another one with the same descriptor. */
export function alreadyRegistered(fileobj: unknown, { fileobj: holder, fd }: SelectorKey): KeyError {
  const by = Object.is(holder, fileobj) ? '' : `, ${holderOf(fileobj, holder, fd)}`
  // Its number belongs to another file now, which the selector may not be watching.
  const remedy = has(holder, fd)
    ? ': use modify(), or unregister() it first'
    : ' that was closed: unregister() it first'
  return new KeyError(`${nameWithFd(fileobj, fd)} is already registered${by}${remedy}`)
}

function has(holder: unknown, fd: number): boolean {
  try {
    return filenoOf(holder) === fd
  } catch {
    return false
  }
}

function holderOf(fileobj: unknown, holder: unknown, fd: number): string {
  if (holder === fd) return 'by its number'
  return name(holder) === name(fileobj) ? `by another ${name(holder).replace(/^an? /, '')}` : `by ${name(holder)}`
}

/** Names a file object in a message: `7`, `a Socket (fd 7)`. */
export function nameWithFd(fileobj: unknown, fd: number): string {
  return fileobj === fd ? String(fd) : `${name(fileobj)} (fd ${fd})`
}
