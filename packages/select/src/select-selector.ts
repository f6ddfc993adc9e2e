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
  package: '@selectors/select',
  systems: 'Unix',
  exists: process.platform !== 'win32',
  pollable: false,
  load: () => nodeGypBuild(join(__dirname, '..', 'native')),
}

/**
 * A selector on select(2), the oldest way. It takes descriptors below FD_SETSIZE (1024) only, and its cost grows with the
 * number of registered file objects.
 *
 * @see https://man7.org/linux/man-pages/man2/select.2.html
 */
export class SelectSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<Data, File> {
  static readonly supports: Supports = {
    fileno: false,
    pollable: backend.pollable,
    asynchronous: true,
    wakeup: true,
    regularFiles: true,
    aboveFdSetSize: false,
    unopened: 'refused',
    closed: 'refused',
    hangUp: false,
    resolution: 1e-9,
  }

  /**
   * @param decorate answers what is used in the place of the backend's poller, such as one that logs and forwards to it
   * @throws {BackendUnavailableError} when its binding cannot be loaded
   */
  constructor(decorate = (poller: Poller) => poller) {
    super(decorate(nativePoller(backend)), { open: 'select', control: 'select', wait: 'select' })
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
