import type { BackendUnavailableError, FileObject } from '@selectors/core'
import type { BackendReport } from './backend-report.js'
import { choose } from './choose.js'
import type { Selector, SelectorClass } from './selector-class.js'

const { selectorClass, reports } = choose()

/**
 * The selector class of the best backend that is installed and works here: the backend's own class, so that
 * `DefaultSelector === EpollSelector` on Linux.
 *
 * It is chosen when this package is imported, separately in each thread: the first of the backends registered with
 * `registerBackend()`, kqueue, epoll, devpoll, afd, poll and select that passes a trial; or the one that the environment
 * variable `SELECTORS_BACKEND` names, and no other. {@link backends} says how it was chosen. Where none can be used, constructing it
 * throws {@link BackendUnavailableError}, which lists every backend tried, why it was refused and what to install.
 *
 * @see https://docs.python.org/3/library/selectors.html#selectors.DefaultSelector
 */
export const DefaultSelector: SelectorClass = selectorClass

/**
 * A selector of the chosen backend, as far as it is known before the program runs: the contract that all have in common.
 * `DefaultSelector.supports` tells what else the chosen one can do, such as `fileno()`.
 */
export type DefaultSelector<Data = unknown, File extends FileObject = FileObject> = Selector<Data, File>

/**
 * Lists the backends in the order of preference, which one was chosen, and
 * why each of the others was not.
 */
export function backends(): readonly BackendReport[] {
  return reports
}
