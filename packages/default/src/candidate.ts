import type { BackendStatus } from './backend-report.js'
import { describe } from './describe.js'
import { NotInstalledError } from './not-installed.js'
import { type SelectorClass, selectorClassIn } from './selector-class.js'

/** A backend that may become the default. */
export interface Candidate {
  readonly name: string
  /** The package that holds it, if it is found by its package. */
  readonly package?: string
  /** It is for other systems than this: tried when no other can be used, and not loaded before. */
  readonly isForeign?: boolean
  /** Returns its class, or a module that exports it. May throw anything. */
  load(): unknown
  /** Returns the function that wakes its selectors, if there is one. May throw anything. */
  loadWake(): unknown
}

/** Tells whether `name`, as `SELECTORS_BACKEND` gives it, means this candidate. */
export function isNamed(candidate: Candidate, name: string): boolean {
  return candidate.name === name || candidate.package === name
}

/** Returns the `wake` that a module exports. */
export function wakeIn(exported: unknown): unknown {
  return (Object(exported) as { wake?: unknown }).wake
}

/** Why a candidate cannot be used. */
export interface Refusal {
  readonly status: BackendStatus
  readonly reason: string
  readonly error: unknown
}

/** Loads a candidate's class and tries it. Returns the class, or why it cannot be used; never throws. */
export function attempt(candidate: Candidate): SelectorClass | Refusal {
  try {
    const selectorClass = selectorClassIn(candidate.load())
    probe(selectorClass)
    return selectorClass
  } catch (error) {
    const status = statusOf(error)
    return { status, reason: reasonOf(candidate, status, describe(error)), error }
  }
}

/** Makes the system calls that everything else rests on: a mechanism may be compiled in but not allowed (seccomp). */
function probe(selectorClass: SelectorClass): void {
  const selector = new selectorClass()
  try {
    const batch = selector.select(0)
    if (!Array.isArray(batch)) throw new TypeError('select() does not return a list')
  } finally {
    selector.close()
  }
}

/** By code and name, not by class: the package may have a copy of `@selectors/core` of its own. */
function statusOf(error: unknown): BackendStatus {
  try {
    if (error instanceof NotInstalledError) return 'not installed'
    const { code, name } = Object(error) as Partial<NodeJS.ErrnoException>
    return code === 'ERR_SELECTOR_BACKEND' || name === 'SystemError' ? 'unavailable' : 'broken'
  } catch {
    return 'broken'
  }
}

function reasonOf(candidate: Candidate, status: BackendStatus, description: string): string {
  // A backend of another system recommends this package.
  if (status !== 'broken') return description.replace(/: use @selectors\/default, .*/, '')
  if (candidate.package === undefined) return `it is broken, tell its authors: ${description}`
  return `${candidate.package} is broken, reinstall it or tell its authors: ${description}`
}
