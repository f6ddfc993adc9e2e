import { constants } from 'node:os'
import { getSystemErrorMap } from 'node:util'

/** An argument has the wrong type or value: bad events, not a file object, a number out of range. Python's `ValueError`. */
export class ValueError extends Error {
  override readonly name = 'ValueError'
  readonly code = 'ERR_SELECTOR_VALUE'
}

/** A file object is not registered, or is already registered. Python's `KeyError`. */
export class KeyError extends Error {
  override readonly name = 'KeyError'
  readonly code = 'ERR_SELECTOR_KEY'
}

/** The selector was closed. Python raises `RuntimeError`, `KeyError` or `ValueError` there, depending on the backend. */
export class SelectorClosedError extends Error {
  override readonly name = 'SelectorClosedError'
  readonly code = 'ERR_SELECTOR_CLOSED'
}

/**
 * The selector is in use: it already has an asynchronous wait, of which there can be only one at a time, or it is blocked in
 * `select()`, while a debugger calls it.
 */
export class SelectorBusyError extends Error {
  override readonly name = 'SelectorBusyError'
  readonly code = 'ERR_SELECTOR_BUSY'
}

/** A backend cannot be used here: it is for another system, or its binding cannot be loaded. The message says why and what to do. */
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
   * @param errno the negative number that a {@link Poller} returned; the error has the one that Node uses for it
   * @param syscall the system call that failed
   * @param culprit what it failed on and what to do, such as `fd 7 is not open`
   */
  constructor(errno: number, syscall: string, culprit?: string) {
    const { number, code, description } = describe(errno)
    super(`${code}: ${description}, ${syscall}${culprit === undefined ? '' : `: ${culprit}`}`)
    this.code = code
    this.errno = number
    this.syscall = syscall
  }
}

let descriptions: ReturnType<typeof getSystemErrorMap> | undefined

/** What Node itself calls the errors. It makes a new map for each call. */
function described(): ReturnType<typeof getSystemErrorMap> {
  descriptions ??= getSystemErrorMap()
  return descriptions
}

/** Returns the name of the error with a negative number, such as `EBADF`: of two names Node's own, `EAGAIN` and not `EWOULDBLOCK`. */
export function codeOf(errno: number): string {
  return described().get(errno)?.[0] ?? usualName(errno) ?? `E${-errno}`
}

/** Returns the name of an error that Node does not know. Windows numbers those of sockets separately. */
function usualName(errno: number): string | undefined {
  const [name] = Object.entries(constants.errno).find(([, number]) => number === -errno) ?? []
  return name?.replace(/^WSA/, '')
}

function describe(errno: number): { number: number; code: string; description: string } {
  const code = codeOf(errno)
  // On Windows, Node's own errors have libuv's numbers.
  const number = described().has(errno) ? errno : [...described()].find(([, [name]]) => name === code)?.[0]
  const [name, description] = described().get(number ?? errno) ?? [code, 'system error']
  return { number: number ?? errno, code: name, description }
}
