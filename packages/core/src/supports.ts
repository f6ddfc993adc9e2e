/**
 * What a backend can do, and how it answers where the systems differ. Each selector class carries its own as
 * `supports`; the conformance suite holds it to its word.
 */
export interface Supports {
  /** The selector has `fileno()`, the descriptor of the kernel's queue. */
  readonly fileno: boolean
  /**
   * What becomes of regular files. `true`: they can be registered and are always ready. `false`: the system refuses them (EPERM).
   * `until-end`: they are ready for reading, except at their end; for writing some systems refuse them (EINVAL).
   */
  readonly regularFiles: boolean | 'until-end'
  /** Descriptors of FD_SETSIZE (1024) and above can be registered. Without it they are a ValueError. */
  readonly aboveFdSetSize: boolean
  /** A descriptor that is not open can be registered. Without it the system refuses it (EBADF). */
  readonly unopened: boolean
  /**
   * What select() makes of a descriptor that was closed while it was registered: `forgotten` reports nothing (unless a dup of
   * it lives), `ready` reports every event waited for, `refused` throws EBADF until it is unregistered.
   */
  readonly closed: 'forgotten' | 'ready' | 'refused'
  /**
   * A hang-up or an error is reported as every event waited for; without it only as those that the system calls ready.
   */
  readonly hangUp: boolean
  /** The shortest timeout that is not rounded up, in seconds: 1e-9, 1e-6 or 1e-3. */
  readonly resolution: number
}
