import {
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  type NativeBackend,
  ONE_SHOT,
  resolutionOn,
  supporting,
} from '@selectors/core'

/**
 * Describes poll(2) of a system. That of macOS is made of kqueue's notes, and cannot wait for more than these can; an error it
 * reports as a hang-up.
 *
 * @param system as `process.platform` names it
 */
export function backendOn(system: string): NativeBackend {
  const ofNotes = system === 'darwin'
  return {
    package: '@selectors/poll',
    system,
    systems: 'Unix',
    exists: system !== 'win32',
    syscalls: { open: 'poll', control: 'poll', wait: 'poll' },
    supports: supporting({
      devices: !ofNotes,
      namedFifos: !ofNotes,
      // There is no ppoll(2).
      resolution: ofNotes ? 1e-3 : resolutionOn(system),
      events: EVENT_READ | EVENT_WRITE | EVENT_PRIORITY | EVENT_HANGUP | (ofNotes ? 0 : EVENT_ERROR),
      modes: ONE_SHOT,
    }),
    directory() {
      return `${__dirname}/../native`
    },
  }
}
