import { constants } from 'node:os'
import { getSystemErrorMap } from 'node:util'

/** An argument has the wrong type or value: bad events, no file object, a number out of range. Python's `ValueError`. */
export class ValueError extends Error {
  override readonly name = 'ValueError'
  readonly code = 'ERR_SELECTOR_VALUE'
}

/** A file object is not registered, or is registered already. Python's `KeyError`. */
export class KeyError extends Error {
  override readonly name = 'KeyError'
  readonly code = 'ERR_SELECTOR_KEY'
}

/** The selector was closed. Python raises `RuntimeError`, `KeyError` or `ValueError` there, depending on the backend. */
export class SelectorClosedError extends Error {
  override readonly name = 'SelectorClosedError'
  readonly code = 'ERR_SELECTOR_CLOSED'
}

/** The selector is being waited for asynchronously already: it has one such wait at a time. */
export class SelectorBusyError extends Error {
  override readonly name = 'SelectorBusyError'
  readonly code = 'ERR_SELECTOR_BUSY'
}

/** A backend cannot serve here: another system's, or no binary of its binding fits. `cause` says what was tried. */
export class BackendUnavailableError extends Error {
  override readonly name = 'BackendUnavailableError'
  readonly code = 'ERR_SELECTOR_BACKEND'
}

/** The operating system refused a call. Shaped like the errors of Node itself. */
export class SystemError extends Error {
  override readonly name = 'SystemError'
  /** The error's name, such as `EBADF`; see errno(3). */
  readonly code: string
  /** The error's number, negative, as in Node's own system errors. */
  readonly errno: number
  /** The system call that failed, such as `epoll_ctl`. */
  readonly syscall: string

  /**
   * @param errno the negative number that a {@link Poller} answered
   * @param syscall the system call that failed
   * @param culprit what it failed for and what to do, such as `fd 7 is not open`
   */
  constructor(errno: number, syscall: string, culprit?: string) {
    const [code, description] = describe(errno)
    super(`${code}: ${description}, ${syscall}${culprit === undefined ? '' : `: ${culprit}`}`)
    this.code = code
    this.errno = errno
    this.syscall = syscall
  }
}

const names = new Map(Object.entries(constants.errno).map(([name, number]) => [-number, name]))
let descriptions: ReturnType<typeof getSystemErrorMap> | undefined

function describe(errno: number): [code: string, description: string] {
  // Node makes a new map for each call.
  descriptions ??= getSystemErrorMap()
  return descriptions.get(errno) ?? [names.get(errno) ?? `E${-errno}`, 'system error']
}
