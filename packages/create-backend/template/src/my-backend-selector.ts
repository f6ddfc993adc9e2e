import {
  type FileObject,
  type NativeBackend,
  nativePoller,
  nativeWake,
  PollerSelector,
  type Supports,
  supporting,
  type Wake,
} from '@selectors/core'

const backend: NativeBackend = {
  package: 'my-backend',
  systems: 'Unix, except macOS',
  exists: !['win32', 'darwin'].includes(process.platform),
  // For the errors.
  syscalls: { open: 'ppoll', control: 'ppoll', wait: 'ppoll' },
  // How it differs from poll(2): not at all.
  supports: supporting({}),
  // Where the binding is looked for, which says itself whose it is.
  directory() {
    return `${__dirname}/../native`
  },
}

/** A selector on ppoll(2). */
export class MyBackendSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<
  Data,
  File
> {
  /** What this selector can do. */
  static readonly supports: Supports = backend.supports

  /** @throws {BackendUnavailableError} on another system, or when its binding cannot be loaded */
  constructor() {
    super(nativePoller(backend), backend)
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
