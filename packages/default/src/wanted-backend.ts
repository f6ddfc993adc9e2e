import { isPrivileged } from '@selectors/core'

/** Returns the name in `SELECTORS_BACKEND`, or `undefined` if there is none. It is ignored in a process that is privileged. */
export function wantedBackend(): string | undefined {
  const wanted = process.env.SELECTORS_BACKEND || undefined
  return wanted !== undefined && isPrivileged() ? undefined : wanted
}
