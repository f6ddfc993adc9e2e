import {
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

const onWindows = process.platform === 'win32'

const backend: NativeBackend = {
  package: '@selectors/select',
  systems: 'Unix and Windows',
  exists: true,
  syscalls: { open: 'select', control: 'select', wait: 'select' },
  supports: supporting({
    regularFiles: !onWindows,
    anyDescriptor: !onWindows,
    aboveFdSetSize: onWindows,
    unopened: onWindows ? false : 'refused',
    closed: 'refused',
    hangUp: false,
    // It counts in microseconds, and waits in ticks of a millisecond or more.
    resolution: onWindows ? 1e-3 : 1e-9,
    // Winsock's exceptions are failed connections as well.
    events: EVENT_READ | EVENT_WRITE | (onWindows ? 0 : EVENT_PRIORITY),
    modes: ONE_SHOT,
  }),
  directory() {
    return `${__dirname}/../native`
  },
}

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
