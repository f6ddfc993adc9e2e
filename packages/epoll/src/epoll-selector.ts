import { join } from 'node:path'
import {
  type FileObject,
  nativePoller,
  nativeWake,
  type Poller,
  PollerSelector,
  type Supports,
  type Wake,
} from '@selectors/core'
import nodeGypBuild from 'node-gyp-build'

const backend = {
  package: '@selectors/epoll',
  systems: 'Linux',
  exists: process.platform === 'linux',
  pollable: true,
  load: () => nodeGypBuild(join(__dirname, '..', 'native')),
}

/**
 * A selector on Linux's epoll(7). Its cost does not grow with the number of file objects that are not ready.
 *
 * @see https://man7.org/linux/man-pages/man7/epoll.7.html
 */
export class EpollSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<Data, File> {
  /** What this selector can do. */
  static readonly supports: Supports = {
    fileno: true,
    pollable: backend.pollable,
    asynchronous: true,
    wakeup: true,
    regularFiles: false,
    aboveFdSetSize: true,
    unopened: false,
    closed: 'forgotten',
    hangUp: true,
    resolution: 1e-9,
  }

  /**
   * @param decorate answers what is used in the place of the backend's poller, such as one that logs and forwards to it
   * @throws {BackendUnavailableError} on another system than Linux, or when its binding cannot be loaded
   * @throws {SystemError} EMFILE or ENFILE when no descriptor is left, see epoll_create1(2)
   */
  constructor(decorate = (poller: Poller) => poller) {
    super(decorate(nativePoller(backend)), { open: 'epoll_create1', control: 'epoll_ctl', wait: 'epoll_wait' })
  }

  /**
   * Answers the epoll descriptor, which is itself a file object, readable while something registered is ready.
   *
   * @throws {SelectorClosedError} after `close()`
   */
  fileno(): number {
    return this.queueFileno()
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
