import {
  type FileObject,
  type NativeBackend,
  nativePoller,
  nativeWake,
  PollerSelector,
  type SelectorOptions,
  type Supports,
  supporting,
  type Wake,
} from '@selectors/core'

const backend: NativeBackend = {
  package: '@selectors/kqueue',
  systems: 'macOS and the BSDs',
  exists: ['darwin', 'freebsd', 'openbsd', 'netbsd', 'dragonfly'].includes(process.platform),
  syscalls: { open: 'kqueue', control: 'kevent', wait: 'kevent' },
  supports: supporting({
    fileno: true,
    pollable: true,
    regularFiles: 'until-end',
    anyDescriptor: false,
    unopened: false,
    closed: 'forgotten',
    hangUp: false,
  }),
  directory() {
    return `${__dirname}/../native`
  },
}

/**
 * A selector on kqueue(2) of macOS, FreeBSD, OpenBSD, NetBSD and DragonFly. Its cost does not grow with the number of file
 * objects that are not ready.
 *
 * @see https://man.freebsd.org/cgi/man.cgi?query=kqueue&sektion=2
 */
export class KqueueSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<Data, File> {
  /** What this selector can do. */
  static readonly supports: Supports = backend.supports

  /**
   * @throws {ValueError} when the options are no object
   * @throws {BackendUnavailableError} on a system without kqueue, or when its binding cannot be loaded
   * @throws {SystemError} EMFILE, ENFILE or ENOMEM when no queue can be made, see kqueue(2)
   */
  constructor(options?: SelectorOptions) {
    super(nativePoller(backend, options), backend)
  }

  /**
   * Answers the descriptor of the queue, which is itself a file object, readable while something registered is ready.
   *
   * @throws {SelectorClosedError} after `close()`
   */
  fileno(): number {
    return this.queueFileno()
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
