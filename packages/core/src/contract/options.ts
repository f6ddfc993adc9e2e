import type { Poller } from '../poller.js'

/** What the constructors of all backends take. */
export interface SelectorOptions {
  /**
   * Takes every descriptor, where the backend's `supports.anyDescriptor` says so: those that the system has no way to wait for (epoll: regular
   * files, directories, `/dev/null`) are always ready, as poll(2) has it. Without it, epoll and kqueue leave them to the system, which
   * refuses them.
   */
  readonly anyDescriptor?: boolean
  /** Answers what is used in the place of the backend's poller, such as one that logs and forwards to it. */
  readonly decorate?: (poller: Poller) => Poller
}
