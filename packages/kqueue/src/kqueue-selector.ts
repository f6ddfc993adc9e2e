import { release } from 'node:os'
import {
  EDGE_TRIGGERED,
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

const system: string = process.platform

/** Its filter, EVFILT_EXCEPT: macOS and OpenBSD have it, and what stands in for a kernel elsewhere. */
const tellsUrgentData = !['freebsd', 'netbsd', 'dragonfly'].includes(system)

/** FreeBSD refuses them; macOS waits for them since macOS 12, which is Darwin 21. */
const takesDevices = system === 'darwin' ? Number.parseInt(release(), 10) >= 21 : system !== 'freebsd'

const backend: NativeBackend = {
  package: '@selectors/kqueue',
  system,
  systems: 'macOS and the BSDs',
  exists: ['darwin', 'freebsd', 'openbsd', 'netbsd', 'dragonfly'].includes(system),
  syscalls: { open: 'kqueue', control: 'kevent', wait: 'kevent' },
  supports: supporting({
    fileno: true,
    pollable: true,
    regularFiles: 'until-end',
    devices: takesDevices,
    namedFifos: system !== 'darwin',
    unopened: false,
    closed: 'forgotten',
    hangUp: false,
    resolution: resolutionOn(system),
    events: EVENT_READ | EVENT_WRITE | EVENT_HANGUP | EVENT_ERROR | (tellsUrgentData ? EVENT_PRIORITY : 0),
    modes: EDGE_TRIGGERED | ONE_SHOT,
  }),
  directory() {
    return `${__dirname}/../native`
  },
}

/**
 * A selector on kqueue(2) of macOS, FreeBSD, OpenBSD, NetBSD and DragonFly. Its cost does not grow with the number of file
 * objects that are not ready.
 *
 * @see https://man.freebsd.org/cgi/man.cgi?query=kqueue&sektion=2
 */
export class KqueueSelector<Data = unknown, File extends FileObject = FileObject> extends PollerSelector<Data, File> {
  /** What this selector can do. */
  static readonly supports: Supports = backend.supports

  /**
   * @throws {ValueError} if the options are not an object
   * @throws {BackendUnavailableError} on a system without kqueue, or if its binding cannot be loaded
   * @throws {SystemError} EMFILE, ENFILE or ENOMEM when no queue can be made, see kqueue(2)
   */
  constructor(options?: SelectorOptions) {
    super(nativePoller(backend, options), backend)
  }

  /**
   * Returns the descriptor of the queue, which is itself a file object, readable while something registered is ready.
   *
   * @throws {SelectorClosedError} after `close()`
   */
  fileno(): number {
    return this.queueFileno()
  }
}

/** Wakes a selector of this backend from any thread, see {@link Wake}. */
export const wake: Wake = nativeWake(backend)
