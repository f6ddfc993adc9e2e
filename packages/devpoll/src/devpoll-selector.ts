import {
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  type FileObject,
  type NativeBackend,
  nativePoller,
  nativeWake,
  ONE_SHOT,
  PollerSelector,
  type SelectorOptions,
  type Supports,
  supporting,
  type Wake,
} from '@selectors/core'

const backend: NativeBackend = {
  package: '@selectors/devpoll',
  systems: 'Solaris and illumos',
  exists: process.platform === 'sunos',
  syscalls: { open: 'open', control: 'write', wait: 'ioctl' },
  supports: supporting({
    fileno: true,
    unopened: 'forgotten',
    closed: 'ready-unless-idle',
    // A tick of the clock, the shortest wait that there is.
    resolution: 1e-2,
    events: EVENT_READ | EVENT_WRITE | EVENT_PRIORITY | EVENT_HANGUP | EVENT_ERROR,
    modes: ONE_SHOT,
  }),
  directory() {
    return `${__dirname}/../native`
  },
}

/**
 * A selector on the /dev/poll driver of Solaris and illumos. Its cost does not grow with the number of file objects that are
 * not ready.
 *
 * @see https://illumos.org/man/4D/poll
 */
export class DevpollSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<Data, File> {
  /** What this selector can do. */
  static readonly supports: Supports = backend.supports

  /**
   * @throws {ValueError} if the options are not an object
   * @throws {BackendUnavailableError} on another system than Solaris and illumos, or if its binding cannot be loaded
   * @throws {SystemError} EMFILE or ENFILE when no descriptor is left; ENXIO, ENOENT or EACCES if the driver is not available
   */
  constructor(options?: SelectorOptions) {
    super(nativePoller(backend, options), backend)
  }

  /**
   * Returns the descriptor of this selector's set. It cannot be waited on: the system reports it as an error (POLLERR) at once.
   *
   * @throws {SelectorClosedError} after `close()`
   */
  fileno(): number {
    return this.queueFileno()
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
