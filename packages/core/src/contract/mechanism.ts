import type { Supports } from './supports.js'

/** The names of a poller's system calls, for the `syscall` of an error. */
export interface Syscalls {
  /** The one that creates the queue. */
  readonly open: string
  /** The one that adds, modifies and removes. */
  readonly control: string
  /** The one that waits. */
  readonly wait: string
}

/** The system's way to wait, as far as a selector has to know it. */
export interface Mechanism {
  /** Who has it, in errors: a package, such as `@selectors/epoll`. Left out, it is the class of the selector. */
  readonly package?: string
  /** What its errors call the system calls. */
  readonly syscalls: Syscalls
  /** What a selector on it can do: the same as the static `supports` of its class. */
  readonly supports: Supports
}
