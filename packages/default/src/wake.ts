import { BackendUnavailableError, checkWakeHandle, ValueError, type Wake } from '@selectors/core'
import { isNamed } from './candidate.js'
import { findCandidate } from './named-backend.js'
import { finalCandidates } from './register-backend.js'
import { wantedBackend } from './wanted-backend.js'

/** What was found for handles of each package. */
const found = new Map<string, Wake>()

/**
 * Wakes a selector of any backend from any thread, see {@link Wake}: one of this family, one that was registered in this
 * thread with its `wake`, or the one that `SELECTORS_BACKEND` names. It does not have to be this thread's `DefaultSelector`, and
 * is loaded when it is needed.
 *
 * @param handle what the selector's `waker()` returned
 * @returns whether there is still such a selector; for a closed one, and for a token that was never given out, it does nothing
 * @throws {ValueError} when it is no handle, or one of a backend that is not known in this thread
 * @throws {BackendUnavailableError} when the backend is not installed here, its binding cannot be loaded, or it was
 *   registered without `wake`
 */
export const wake: Wake = (handle) => {
  const checked = checkWakeHandle(handle)
  const { backend } = checked
  const wakeOne = found.get(backend) ?? findWake(backend)
  found.set(backend, wakeOne)
  return wakeOne(checked)
}

/** A handle comes in a message, which must not make this thread load just any package: only what it knows already. */
function findWake(backend: string): Wake {
  const known = finalCandidates()
  if (backend !== wantedBackend() && !known.some((candidate) => isNamed(candidate, backend))) {
    throw new ValueError(
      `A wake handle of ${backend}, which is not known here: use the wake() of that package, or registerBackend() it`,
    )
  }
  const wakeOne = findCandidate(backend, known).loadWake()
  if (typeof wakeOne === 'function') return wakeOne as Wake
  throw new BackendUnavailableError(
    `The backend ${backend} has no wake(): update it, or give its wake to registerBackend()`,
  )
}
