import { checkBuffer, checkData, checkFd, checkSize } from './arguments.js'
import { binding } from './binding.js'
import { SocketError } from './errors.js'
import { fdOf, OpenFile } from './open-file.js'
import { received, roomFor } from './receiving.js'

/** Makes an object of what was opened for it. */
let endOf: (fd: number) => PipeEnd

/**
 * One end of a pipe, a file object. Reading from the writing end, or the other way round, is `EBADF`.
 *
 * Where several threads or processes read or write the same blocking pipe, a call can wait and cannot be ended: make it
 * non-blocking there.
 */
export class PipeEnd extends OpenFile {
  static {
    endOf = (fd) => new PipeEnd(fd)
  }

  protected override readonly kind = 'pipe'

  // Without one, V8 iterates over the arguments, by an iterator that may be patched.
  protected constructor(fd: number) {
    super(fd)
  }

  /**
   * Takes over an open descriptor, which is closed with the object.
   *
   * @throws {ArgumentError} when it is no number of a descriptor
   * @throws {SocketError} `EBADF` when it is not open
   */
  static from(fd: number): PipeEnd {
    const result = binding().getBlocking(checkFd(fd))
    if (result < 0) throw new SocketError(result, 'fcntl', { culprit: `fd ${fd}` })
    return new PipeEnd(fd)
  }

  /** A second object on the same end, with a descriptor of its own; the end is closed when both are. */
  dup(): PipeEnd {
    return new PipeEnd(this.check(binding().dup(fdOf(this)), 'dup'))
  }

  /**
   * Reads what is there, at most `size` bytes; an empty Buffer when no writer is left.
   *
   * @throws {SocketError} `EAGAIN` when non-blocking and nothing is there, `EBADF`, see read(2)
   */
  read(size: number): Buffer {
    const room = roomFor(checkSize(size))
    return received(room, this.check(binding().read(fdOf(this), room), 'read'))
  }

  /** Reads into `buffer` like {@link read}: how many bytes, 0 when no writer is left. */
  readInto(buffer: Uint8Array): number {
    return this.check(binding().read(fdOf(this), checkBuffer(buffer, 'buffer')), 'read')
  }

  /**
   * Writes bytes, a string as UTF-8: how many were taken, all of them when blocking.
   *
   * @throws {SocketError} `EPIPE` when no reader is left, `EAGAIN` when non-blocking and full, `EBADF`, see write(2)
   */
  write(data: string | Uint8Array): number {
    return this.check(binding().write(fdOf(this), checkData(data)), 'write')
  }

  protected override describe(): readonly [string, object] {
    return ['PipeEnd', {}]
  }
}

const onWindows = process.platform === 'win32'

/**
 * Opens a pipe, blocking and closed on exec: what is written to the second end is read from the first.
 *
 * @throws {SocketError} `EMFILE`, see pipe(2); `ENOTSUP` on Windows, whose pipes cannot be waited on
 * @throws {BindingError} when there is no binary for this system
 */
export function pipe(): [reader: PipeEnd, writer: PipeEnd] {
  const fds = new Int32Array(2)
  const result = binding().pipe(fds)
  if (result < 0) throw new SocketError(result, 'pipe', onWindows ? { culprit: 'take socketpair() on Windows' } : {})
  // By number: an iterator may be patched, and they would never be closed.
  return [endOf(fds[0] as number), endOf(fds[1] as number)]
}
