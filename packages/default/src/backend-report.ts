import type { BackendUnavailableError } from '@selectors/core'

/**
 * What became of a backend:
 * - `chosen`: it is `DefaultSelector`
 * - `not installed`: its package is missing
 * - `unavailable`: installed, but not for this system, without a binary that fits, or refused by the system
 * - `broken`: its package or its class fails in a way that it should not
 * - `not tried`: another one was chosen, or asked for with `SELECTORS_BACKEND`
 */
export type BackendStatus = 'chosen' | 'not installed' | 'unavailable' | 'broken' | 'not tried'

/** One backend, and why it was chosen or not. */
export interface BackendReport {
  /** The name to give in `SELECTORS_BACKEND`. */
  readonly name: string
  /** The package that holds it; absent for one that was registered without. */
  readonly package?: string
  /** What became of it. */
  readonly status: BackendStatus
  /** One line for a human: why it was not chosen and, where that helps, what to do. Absent for the chosen one. */
  readonly reason?: string
  /** What was thrown: a {@link BackendUnavailableError} when not installed, anything when broken. Absent unless refused. */
  readonly error?: unknown
}
