import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

/** The number that the next descriptor gets: a leaked descriptor makes it higher. */
export function lowestFree(): number {
  const fd = openSync(devNull, 'r')
  closeSync(fd)
  return fd
}
