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

/** How a system waits, as far as a selector has to know. */
export interface Mechanism {
  /** Its owner, as errors name it: a package, such as `@selectors/epoll`. By default, the class of the selector. */
  readonly package?: string
  /** The system that it belongs to, as `process.platform` names it, which is also what it is if left out. */
  readonly system?: string
  /** What its errors call the system calls. */
  readonly syscalls: Syscalls
  /** What a selector on it can do: the same as the static `supports` of its class. */
  readonly supports: Supports
}
