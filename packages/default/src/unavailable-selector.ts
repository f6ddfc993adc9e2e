import { BackendUnavailableError, BaseSelector, supporting } from '@selectors/core'
import type { BackendReport } from './backend-report.js'
import type { SelectorClass } from './selector-class.js'

const nothing = supporting({
  asynchronous: false,
  wakeup: false,
  regularFiles: false,
  devices: false,
  namedFifos: false,
  aboveFdSetSize: false,
  unopened: false,
  closed: 'forgotten',
  hangUp: false,
  resolution: 1e-3,
  events: 0,
  modes: 0,
  anyDescriptor: false,
})

/** Makes the class that stands for the missing one: it cannot be constructed, and says why. */
export function unavailableSelector(title: string, refused: readonly BackendReport[]): SelectorClass {
  abstract class UnavailableSelector extends BaseSelector {
    static readonly supports = nothing

    constructor() {
      super()
      const reasons = refused.map(({ name, reason }) => `\n- ${name}: ${reason}`)
      const errors = refused.map(({ error }) => error)
      throw new BackendUnavailableError(`${title}:${reasons.join('')}`, { cause: new AggregateError(errors, title) })
    }
  }
  // Abstract, because no method of it is ever called.
  return UnavailableSelector as unknown as SelectorClass
}
