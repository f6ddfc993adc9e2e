import { ValueError, type Wake } from '@selectors/core'
import { type Candidate, isNamed } from './candidate.js'
import { knownBackends } from './known-backends.js'
import type { SelectorClass } from './selector-class.js'

/** A backend that another package brings. */
export interface Backend {
  /** What `SELECTORS_BACKEND` and `backends()` call it. */
  readonly name: string
  /**
   * Whether it is tried before the backends of this family, which is the default, or after them, as a last resort. Several
   * are tried in the order of their registration.
   */
  readonly position?: 'first' | 'last'
  /**
   * Returns its class, which has a static `supports` and type parameters for the data and the file objects. Called at most
   * once, and only if no better backend can be used. If it throws, the next one is tried.
   */
  load(): SelectorClass
  /** The package that holds it. Its wake handles name it, and `SELECTORS_BACKEND` may. */
  readonly package?: string
  /** Wakes a selector of this backend, in this thread: what its package exports as `wake`. Without it, `wake()` refuses its handles. */
  readonly wake?: Wake
}

/** A backend cannot be registered any more, or not under this name. */
export class RegistrationError extends Error {
  override readonly name = 'RegistrationError'
  readonly code = 'ERR_SELECTOR_REGISTRATION'
}

const registered: { readonly candidate: Candidate; readonly last: boolean }[] = []
let chosen = false

/**
 * Adds a backend to those that `DefaultSelector` is chosen from.
 *
 * Call it before `@selectors/default` is imported. Static imports run first, so put the call into an ES module that is imported before: `import './register.js'`, or `node --import ./register.js`. Every thread has a registry of its own.
 *
 * @throws {ValueError} if there is no `name`, `load` or `wake` is not a function, `package` is not a name, or `position` is neither `first`
 *   nor `last`
 * @throws {RegistrationError} if the name or the package is taken, or `DefaultSelector` has already been chosen
 */
export function registerBackend(backend: Backend): void {
  const { name, position = 'first', load, package: holder, wake } = Object(backend) as Backend
  if (typeof name !== 'string' || name === '') throw new ValueError('A backend needs a name')
  if (typeof load !== 'function') throw new ValueError(`The backend '${name}' needs a function load()`)
  if (position !== 'first' && position !== 'last') {
    throw new ValueError(`The position of the backend '${name}' is neither 'first' nor 'last'`)
  }
  if (holder !== undefined && (typeof holder !== 'string' || holder === '')) {
    throw new ValueError(`The package of the backend '${name}' is no name`)
  }
  if (wake !== undefined && typeof wake !== 'function') {
    throw new ValueError(`The wake of the backend '${name}' is no function`)
  }
  if (chosen) {
    throw new RegistrationError(
      `The backend '${name}' comes too late: DefaultSelector was chosen when @selectors/default was imported. ` +
        'Call registerBackend() before; in ES modules, from a module that is imported before',
    )
  }
  for (const taken of [name, holder]) {
    if (taken !== undefined && candidates().some((candidate) => isNamed(candidate, taken))) {
      throw new RegistrationError(`A backend named '${taken}' exists already`)
    }
  }
  const candidate = { name, load: () => backend.load(), loadWake: () => wake }
  registered.push({
    candidate: holder === undefined ? candidate : { ...candidate, package: holder },
    last: position === 'last',
  })
}

/** Returns every candidate in the order of preference. No more can be added afterwards. */
export function finalCandidates(): readonly Candidate[] {
  chosen = true
  return candidates()
}

function candidates(): readonly Candidate[] {
  const at = (last: boolean) => registered.filter((backend) => backend.last === last).map(({ candidate }) => candidate)
  return [...at(false), ...knownBackends, ...at(true)]
}
