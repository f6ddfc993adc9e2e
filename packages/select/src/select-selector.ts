import {
  type FileObject,
  nativePoller,
  nativeWake,
  PollerSelector,
  type SelectorOptions,
  type Supports,
  type Wake,
} from '@selectors/core'
import { backendOn } from './backend.js'

const backend = backendOn(process.platform)

/**
 * A selector on select(2), the oldest way. It takes descriptors below FD_SETSIZE (1024) only, and its cost grows with the
 * number of registered file objects. On Windows it takes sockets only, of any number and as many as there are.
 *
 * @see https://man7.org/linux/man-pages/man2/select.2.html
 * @see https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select
 */
export class SelectSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<Data, File> {
  /** What this selector can do. */
  static readonly supports: Supports = backend.supports

  /**
   * @throws {ValueError} if the options are not an object
   * @throws {BackendUnavailableError} if its binding cannot be loaded
   */
  constructor(options?: SelectorOptions) {
    super(nativePoller(backend, options), backend)
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
