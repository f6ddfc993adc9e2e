import { closeSync, openSync } from 'node:fs'

/** The number that the next descriptor gets: one that is not given back makes it higher. */
export function lowestFree(): number {
  const fd = openSync('/dev/null', 'r')
  closeSync(fd)
  return fd
}
