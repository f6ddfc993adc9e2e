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
  resolutionOn,
  type SelectorOptions,
  type Supports,
  supporting,
  type Wake,
} from '@selectors/core'

const backend: NativeBackend = {
  package: '@selectors/afd',
  systems: 'Windows',
  exists: process.platform === 'win32',
  syscalls: { open: 'NtCreateFile', control: 'DeviceIoControl', wait: 'GetQueuedCompletionStatusEx' },
  supports: supporting({
    regularFiles: false,
    devices: false,
    namedFifos: false,
    anyDescriptor: false,
    unopened: false,
    closed: 'forgotten',
    resolution: resolutionOn('win32'),
    events: EVENT_READ | EVENT_WRITE | EVENT_PRIORITY | EVENT_HANGUP | EVENT_ERROR,
    modes: ONE_SHOT,
  }),
  directory() {
    return `${__dirname}/../native`
  },
}

/**
 * A selector on AFD, the driver behind the sockets of Windows, and on a completion port. It takes sockets only. Its cost does not grow
 * with the number of file objects that are not ready.
 *
 * @see https://learn.microsoft.com/windows/win32/fileio/i-o-completion-ports
 */
export class AfdSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<Data, File> {
  /** What this selector can do. */
  static readonly supports: Supports = backend.supports

  /**
   * @throws {ValueError} if the options are not an object
   * @throws {BackendUnavailableError} on another system than Windows, or if its binding cannot be loaded
   * @throws {SystemError} ENOENT, EACCES or ENOSYS if the driver cannot be reached; ENOMEM
   */
  constructor(options?: SelectorOptions) {
    super(nativePoller(backend, options), backend)
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
