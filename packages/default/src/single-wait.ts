import { constants } from 'node:os'
import { type FileObject, filenoOf, type OpenFile, openFileOf, SystemError } from '@selectors/core'

/** Somebody who waits for one event of one file object. */
export class SingleWait {
  readonly fd: number
  readonly event: number
  readonly settled: Promise<boolean>
  /** Tells whether the event is ready. */
  resolve: (ready: boolean) => void = () => {}
  reject: (reason: unknown) => void = () => {}
  readonly #fileobj: FileObject
  readonly #file: OpenFile

  /**
   * @throws {ValueError} if `fileobj` is not a file object, or is closed
   * @throws {SystemError} EBADF if its descriptor is not open, which not every system tells
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

  /** Says whether the descriptor still belongs to what is waited for, as far as that can be known. */
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
