import { constants } from 'node:os'
import { type FileObject, filenoOf, type OpenFile, openFileOf, SystemError } from '@selectors/core'

/** A wait for one event of one file object. */
export class SingleWait {
  readonly fd: number
  readonly event: number
  readonly settled: Promise<boolean>
  /** Settles the wait: the event is ready, or not. */
  resolve: (ready: boolean) => void = () => {}
  reject: (reason: unknown) => void = () => {}
  readonly #fileobj: FileObject
  readonly #file: OpenFile

  /**
   * @throws {ValueError} if `fileobj` is not a file object, or is closed
   * @throws {SystemError} EBADF if its descriptor is not open, as far as the runtime tells
   */
  constructor(fileobj: FileObject, event: number) {
    this.fd = filenoOf(fileobj)
    this.event = event
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
