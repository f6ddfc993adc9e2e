import { constants } from 'node:os'
import { type FileObject, filenoOf, type OpenFile, openFileOf, SystemError } from '@selectors/core'

/** A wait for events of one file object. */
export class SingleWait {
  readonly fd: number
  readonly events: number
  readonly settled: Promise<number>
  /** Settles the wait: which of the events are ready. */
  resolve: (ready: number) => void = () => {}
  reject: (reason: unknown) => void = () => {}
  readonly #fileobj: FileObject
  readonly #file: OpenFile

  /**
   * @throws {ValueError} if `fileobj` is not a file object, or is closed
   * @throws {SystemError} EBADF if its descriptor is not open, as far as the runtime tells
   */
  constructor(fileobj: FileObject, events: number) {
    this.fd = filenoOf(fileobj)
    this.events = events
    this.#fileobj = fileobj
    const file = openFileOf(this.fd)
    if (file === undefined) throw new SystemError(-constants.errno.EBADF, 'fstat', `fd ${this.fd} is not open`)
    this.#file = file
    this.settled = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
  }

  /** Whether the descriptor still belongs to what is waited for, as far as that can be known. */
  get isCurrent(): boolean {
    return this.#file === openFileOf(this.fd) && this.#stillHas(this.fd)
  }

  #stillHas(fd: number): boolean {
    try {
      return filenoOf(this.#fileobj) === fd
    } catch {
      return false
    }
  }
}
