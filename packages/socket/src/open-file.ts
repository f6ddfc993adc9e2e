import { constants } from 'node:os'
import { type InspectOptions, inspect } from 'node:util'
import { checkBoolean, refusal } from './arguments.js'
import { binding } from './binding.js'
import { errnoOf, type Failure, SocketError } from './errors.js'

/**
 * The descriptor that a file owns and makes its calls on, whatever the `fileno()` of a subclass says.
 *
 * @throws {ArgumentError} when it is an object of another kind, on which a method was called
 */
export let fdOf: (file: OpenFile) => number

/**
 * A descriptor that belongs to an object: closed once, by `close()`, by `using`, or when the object is forgotten.
 *
 * Its calls block as the descriptor does. A blocking call occupies its thread; in a worker, `worker.terminate()` and
 * `process.exit()` end it within 100 ms. A signal does not, and its JavaScript handler runs only afterwards.
 */
export abstract class OpenFile {
  static {
    fdOf = (file) => {
      if (!(#fd in Object(file))) throw refusal(file, 'this', 'a Socket or PipeEnd')
      return file.#fd
    }
  }

  #fd: number

  protected constructor(fd: number) {
    this.#fd = binding().own(this, fd)
    if (this.#fd < 0) throw new SocketError(this.#fd, 'ioctl', { culprit: `fd ${fd}` })
  }

  /** The descriptor's number; -1 after `close()` or `detach()`. */
  fileno(): number {
    return fdOf(this)
  }

  /**
   * Whether calls wait until they can do something: the opposite of O_NONBLOCK, see fcntl(2).
   *
   * @throws {SocketError} `EBADF` when closed
   */
  getBlocking(): boolean {
    return this.check(binding().getBlocking(fdOf(this)), 'fcntl') === 1
  }

  /**
   * Makes calls wait, or fail with `EAGAIN` (`EINPROGRESS` for a connection) instead of waiting. Descriptors that share
   * the open file, such as those of `dup()`, share this too.
   *
   * @throws {ArgumentError} when `blocking` is not a boolean
   * @throws {SocketError} `EBADF` when closed
   */
  setBlocking(blocking: boolean): void {
    this.check(binding().setBlocking(fdOf(this), checkBoolean(blocking, 'blocking') ? 1 : 0), 'fcntl')
  }

  /** Gives the descriptor away, open: the caller closes it. -1 when it was given away or closed before. */
  detach(): number {
    const fd = fdOf(this)
    this.#fd = -1
    binding().release(this)
    return fd
  }

  /**
   * Closes the descriptor; does nothing the second time. Unregister it from selectors first.
   *
   * @throws {SocketError} `EBADF` when somebody else has closed it; see close(2) for others. It is closed all the same
   */
  close(): void {
    fdOf(this)
    const result = binding().close(this)
    const error = result < 0 ? this.failure(result, 'close') : undefined
    this.#fd = -1
    if (error) throw error
  }

  /** Closes the descriptor at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close()
  }

  /** A result that is not a failure. */
  protected check(result: number, syscall: string): number {
    if (result < 0) throw this.failure(result, syscall)
    return result
  }

  /** The error of a call that the system refused. */
  protected failure(errno: number, syscall: string, more?: Failure): SocketError {
    const culprit = this.#fd < 0 ? `the ${this.kind} is closed` : `fd ${this.#fd}`
    return new SocketError(0 - this.errno(errno), syscall, { culprit, ...more })
  }

  /** A failed result as a positive errno of `os.constants`; 0 for one that is not a failure. */
  protected errno(result: number): number {
    // Windows calls a closed socket ENOTSOCK.
    return result < 0 && this.#fd < 0 ? constants.errno.EBADF : errnoOf(result)
  }

  /** What `console.log` prints. */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    // A prototype is not a file.
    if (!(#fd in this)) return inspect(this, { ...options, customInspect: false })
    const [className, traits] = this.describe()
    const state = this.#fd < 0 ? { closed: true } : { fd: this.#fd }
    return `${className} ${inspect({ ...state, ...traits }, options)}`
  }

  /** The name of its class and what there is to show besides the descriptor. */
  protected abstract describe(): readonly [className: string, traits: object]
  /** What this is called in messages. */
  protected abstract readonly kind: string
}
