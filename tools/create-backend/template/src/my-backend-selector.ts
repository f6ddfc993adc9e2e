import { join } from 'node:path'
import { type FileObject, nativePoller, nativeWake, PollerSelector, type Supports, type Wake } from '@selectors/core'
import nodeGypBuild from 'node-gyp-build'

const backend = {
  package: 'my-backend',
  systems: 'Unix, except macOS',
  exists: !['win32', 'darwin'].includes(process.platform),
  pollable: false,
  load: () => nodeGypBuild(join(__dirname, '..', 'native')),
}

/** A selector on ppoll(2). */
export class MyBackendSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<
  Data,
  File
> {
  static readonly supports: Supports = {
    fileno: false,
    pollable: backend.pollable,
    asynchronous: true,
    wakeup: true,
    regularFiles: true,
    aboveFdSetSize: true,
    unopened: 'ready',
    closed: 'ready',
    hangUp: true,
    resolution: 1e-9,
  }

  /** @throws {BackendUnavailableError} on another system, or when its binding cannot be loaded */
  constructor() {
    // The names of the system calls, for the errors.
    super(nativePoller(backend), { open: 'ppoll', control: 'ppoll', wait: 'ppoll' })
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
