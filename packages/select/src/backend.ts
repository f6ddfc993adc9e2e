import {
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  type NativeBackend,
  ONE_SHOT,
  resolutionOn,
  supporting,
} from '@selectors/core'

/**
 * Describes select(2) of a system, and Winsock's.
 *
 * @param system as `process.platform` names it
 */
export function backendOn(system: string): NativeBackend {
  const onWindows = system === 'win32'
  return {
    package: '@selectors/select',
    system,
    systems: 'Unix and Windows',
    exists: true,
    syscalls: { open: 'select', control: 'select', wait: 'select' },
    supports: supporting({
      regularFiles: !onWindows,
      devices: !onWindows,
      namedFifos: !onWindows,
      anyDescriptor: !onWindows,
      aboveFdSetSize: onWindows,
      unopened: onWindows ? false : 'refused',
      closed: 'refused',
      hangUp: false,
      resolution: resolutionOn(system),
      // Winsock's exceptions are failed connections as well.
      events: EVENT_READ | EVENT_WRITE | (onWindows ? 0 : EVENT_PRIORITY),
      modes: ONE_SHOT,
    }),
    directory() {
      return `${__dirname}/../native`
    },
  }
}
