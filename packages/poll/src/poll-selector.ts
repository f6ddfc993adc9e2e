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
  package: '@selectors/poll',
  systems: 'Unix',
  exists: process.platform !== 'win32',
  syscalls: { open: 'poll', control: 'poll', wait: 'poll' },
  supports: supporting({
    resolution: process.platform === 'darwin' ? 1e-3 : 1e-9,
    events: EVENT_READ | EVENT_WRITE | EVENT_PRIORITY | EVENT_HANGUP | EVENT_ERROR,
    modes: ONE_SHOT,
  }),
  directory() {
    return `${__dirname}/../native`
  },
}

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
