import { ValueError } from './errors.js'
import { name } from './file-object.js'

/** Longer timeouts, about 31 years and more, wait forever; the nanoseconds of this one still fit in 64 bits. */
const MAX_TIMEOUT = 1e9

/**
 * Turns a timeout into the seconds that a poller takes: 0 does not wait, a negative number waits forever.
 *
 * @throws {ValueError} if it is NaN or not a number
 */
export function secondsOf(timeout: number | null | undefined): number {
  if (timeout === undefined || timeout === null) return -1
  if (typeof timeout !== 'number' || Number.isNaN(timeout)) {
    throw new ValueError(`Invalid timeout: expected seconds, or null to wait forever, got ${name(timeout)}`)
  }
  if (timeout > MAX_TIMEOUT) return -1
  return timeout > 0 ? timeout : 0
}
