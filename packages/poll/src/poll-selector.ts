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
 * A selector on poll(2), which every Unix has. Its cost grows with the number of registered file objects.
 *
 * @see https://man7.org/linux/man-pages/man2/poll.2.html
 */
export class PollSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<Data, File> {
  /** What this selector can do. */
  static readonly supports: Supports = backend.supports

  /**
   * @throws {ValueError} if the options are not an object
   * @throws {BackendUnavailableError} on Windows, or if its binding cannot be loaded
   */
  constructor(options?: SelectorOptions) {
    super(nativePoller(backend, options), backend)
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
