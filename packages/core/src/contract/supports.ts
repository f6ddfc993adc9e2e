import { EVENT_READ, EVENT_WRITE } from './events.js'

/**
 * What a backend can do, and how it behaves where systems differ. Each selector class has its own as
 * `supports`, which the conformance suite checks.
 */
export interface Supports {
  /** The selector has `fileno()`, the descriptor of the kernel's queue. */
  readonly fileno: boolean
  /**
   * That descriptor can be waited on itself: it is readable while something is ready. Without it, another selector finds it ready
   * at once for every event waited for, because the system reports an error (POLLERR). False if there is no `fileno()`.
   * On macOS and the BSDs it may also be readable for something that is over, until the selector itself is asked, and
   * becomes readable a moment late in another selector.
   */
  readonly pollable: boolean
  /** It can be waited for without blocking the thread: `selectAsync()`, `events()` and iteration. Without it they are refused (ENOTSUP). */
  readonly asynchronous: boolean
  /** A wait can be ended by `wakeup()`, and from other threads by `waker()`. Without it they are refused (ENOTSUP). */
  readonly wakeup: boolean
  /**
   * What happens to regular files. `true`: they can be registered and are always ready. `false`: the system refuses them
   * (EPERM; ENOTSOCK on Windows). `until-end`: they are ready for reading, except at their end; for writing they are always ready,
   * though FreeBSD's manual page says that it is refused (EINVAL).
   */
  readonly regularFiles: boolean | 'until-end'
  /**
   * Devices that cannot be waited for, such as /dev/null, can be registered and are always ready. Without it the system refuses
   * them: EPERM on Linux, ENODEV on FreeBSD, EINVAL on macOS.
   */
  readonly devices: boolean
  /**
   * FIFOs that have a name, see mkfifo(2), can be registered. Without it they are refused (EINVAL), because macOS would not report
   * their end.
   */
  readonly namedFifos: boolean
  /** Descriptors of FD_SETSIZE (1024) and above can be registered. Without it they are a ValueError. */
  readonly aboveFdSetSize: boolean
  /**
   * What select() makes of a descriptor that was not open when it was registered: values as for `closed`, or `false` if the
   * system refuses to register it (EBADF; ENOTSOCK on Windows).
   */
  readonly unopened: 'forgotten' | 'ready' | 'refused' | false
  /**
   * What select() makes of a descriptor that was closed while it was registered: `forgotten` reports nothing (unless a dup of
   * it lives), `ready` reports every event waited for, `refused` throws EBADF (ENOTSOCK on Windows) until it is unregistered.
   * `ready-unless-idle` is as `ready`, except while a dup of it lives, if a wait has found it idle: then nothing is reported.
   */
  readonly closed: 'forgotten' | 'ready' | 'ready-unless-idle' | 'refused'
  /**
   * A hang-up or an error is reported as every event waited for; without it only as those that the system calls ready.
   */
  readonly hangUp: boolean
  /**
   * The shortest timeout that is not rounded up, in seconds: 1e-9, 1e-6, 1e-3, or 1e-2 where the system counts in ticks of its
   * clock. A wait takes up to two of these longer than its timeout.
   */
  readonly resolution: number
  /** The events that can be waited for: a mask of EVENT_* bits. Others are a ValueError. */
  readonly events: number
  /** The modes that can stand beside them: a mask of EDGE_TRIGGERED, ONE_SHOT and EXCLUSIVE. Others are a ValueError. */
  readonly modes: number
  /**
   * Every descriptor can be registered if the selector was made with the option `anyDescriptor`: those that cannot be waited for
   * are always ready, as with poll(2). What `devices` and `namedFifos` say is refused on macOS stays so.
   */
  readonly anyDescriptor: boolean
}

/** Describes a backend by how it differs from poll(2), which has no queue in the kernel and takes every descriptor, but on macOS. */
export function supporting(differences: Partial<Supports>): Supports {
  return { ...poll, ...differences }
}

/**
 * Returns the `resolution` of system calls that take nanoseconds: some kernels count in ticks of their clock, of 10 ms as a rule.
 *
 * @param system as `process.platform` names it
 */
export function resolutionOn(system: string): number {
  return ['openbsd', 'netbsd', 'dragonfly', 'sunos', 'win32'].includes(system) ? 1e-2 : 1e-9
}

const poll: Supports = {
  fileno: false,
  pollable: false,
  asynchronous: true,
  wakeup: true,
  regularFiles: true,
  devices: true,
  namedFifos: true,
  aboveFdSetSize: true,
  unopened: 'ready',
  closed: 'ready',
  hangUp: true,
  resolution: resolutionOn(process.platform),
  events: EVENT_READ | EVENT_WRITE,
  modes: 0,
  anyDescriptor: true,
}
