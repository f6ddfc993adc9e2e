import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  EXCLUSIVE,
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
  package: '@selectors/epoll',
  systems: 'Linux',
  exists: process.platform === 'linux',
  syscalls: { open: 'epoll_create1', control: 'epoll_ctl', wait: 'epoll_wait' },
  supports: supporting({
    fileno: true,
    pollable: true,
    regularFiles: false,
    devices: false,
    unopened: false,
    closed: 'forgotten',
    events: EVENT_READ | EVENT_WRITE | EVENT_PRIORITY | EVENT_HANGUP | EVENT_ERROR,
    modes: EDGE_TRIGGERED | ONE_SHOT | EXCLUSIVE,
  }),
  directory() {
    return `${__dirname}/../native`
  },
}

/**
 * A selector on Linux's epoll(7). Its cost does not grow with the number of file objects that are not ready.
 *
 * @see https://man7.org/linux/man-pages/man7/epoll.7.html
 */
export class EpollSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<Data, File> {
  /** What this selector can do. */
  static readonly supports: Supports = backend.supports

  /**
   * @throws {ValueError} if the options are not an object
   * @throws {BackendUnavailableError} on another system than Linux, or if its binding cannot be loaded
   * @throws {SystemError} EMFILE or ENFILE when no descriptor is left, see epoll_create1(2)
   */
  constructor(options?: SelectorOptions) {
    super(nativePoller(backend, options), backend)
  }

  /**
   * Returns the epoll descriptor, which is itself a file object, readable while something registered is ready.
   *
   * @throws {SystemError} EMFILE or ENFILE at the first call, when no descriptor is left; EINVAL when more than 500 descriptors of one
   *   file are registered (path_limits in fs/eventpoll.c); ENOSPC, see epoll_ctl(2)
   * @throws {SelectorClosedError} after `close()`
   */
  fileno(): number {
    return this.queueFileno()
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
