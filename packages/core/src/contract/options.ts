import type { Poller } from '../poller.js'

/** What the constructors of all backends take. */
export interface SelectorOptions {
  /**
   * Takes every descriptor, if the backend's `supports.anyDescriptor` says so: those that the system cannot wait for (epoll: regular
   * files, directories, `/dev/null`) are always ready, as with poll(2). Without it, epoll and kqueue refuse them, as the system does.
   */
  readonly anyDescriptor?: boolean
  /** Returns what is used in place of the backend's poller, such as one that logs and forwards to it. */
  readonly decorate?: (poller: Poller) => Poller
}
