import { constants } from 'node:os'
import { checkBoolean } from './arguments.js'
import { binding } from './binding.js'
import { errnoOf, type Failure, SocketError } from './errors.js'

/**
 * A descriptor that belongs to an object: closed once, by `close()`, by `using`, or when the object is forgotten.
 *
 * Its calls block as the descriptor does. A blocking call occupies its thread; in a worker, `worker.terminate()` and
 * `process.exit()` end it within 100 ms. A signal does not, and its JavaScript handler runs only afterwards.
 */
export abstract class OpenFile {
  #fd: number

  protected constructor(fd: number) {
    this.#fd = binding().own(this, fd)
  }

  /** The descriptor's number; -1 after `close()` or `detach()`. */
  fileno(): number {
    return this.#fd
  }

  /**
   * Whether calls wait until they can do something; O_NONBLOCK of fcntl(2), the other way round.
   *
   * @throws {SocketError} `EBADF` when closed
   */
  getBlocking(): boolean {
    return this.check(binding().getBlocking(this.#fd), 'fcntl') === 1
  }

  /**
   * Makes calls wait, or fail with `EAGAIN` (`EINPROGRESS` for a connection) instead of waiting. Descriptors that share
   * the open file, such as those of `dup()`, share this too.
   *
   * @throws {ArgumentError} when `blocking` is no boolean
   * @throws {SocketError} `EBADF` when closed
   */
  setBlocking(blocking: boolean): void {
    this.check(binding().setBlocking(this.#fd, checkBoolean(blocking, 'blocking') ? 1 : 0), 'fcntl')
  }

  /** Gives the descriptor away, open: the caller closes it. -1 when there is none any more. */
  detach(): number {
    const fd = this.#fd
    this.#fd = -1
    binding().release(this)
    return fd
  }

  /**
   * Closes the descriptor; nothing the second time. Unregister it from selectors before.
   *
   * @throws {SocketError} `EBADF` when somebody else has closed it; see close(2) for others. It is closed all the same
   */
  close(): void {
    const result = binding().close(this)
    const error = result < 0 ? this.failure(result, 'close') : undefined
    this.#fd = -1
    if (error) throw error
  }

  /** Closes the descriptor at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close()
  }

  /** A result that is no failure. */
  protected check(result: number, syscall: string): number {
    if (result < 0) throw this.failure(result, syscall)
    return result
  }

  /** The error of a call that the system refused. */
  protected failure(errno: number, syscall: string, more?: Failure): SocketError {
    const culprit = this.#fd < 0 ? `the ${this.kind} is closed` : `fd ${this.#fd}`
    return new SocketError(0 - this.errno(errno), syscall, { culprit, ...more })
  }

  /** A failed result as a positive errno of `os.constants`; 0 for one that is no failure. */
  protected errno(result: number): number {
    // Windows calls a closed socket ENOTSOCK.
    return result < 0 && this.#fd < 0 ? constants.errno.EBADF : errnoOf(result)
  }

  /** What this is called in messages. */
  protected abstract readonly kind: string
}
