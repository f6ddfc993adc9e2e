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
  // What differs from poll(2): nothing.
  supports: supporting({}),
  // Where the binding is looked for. The binding itself says which package it belongs to.
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
