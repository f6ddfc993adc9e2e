import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

/** The number that the next descriptor gets: a leaked descriptor makes it higher. */
export function lowestFree(): number {
  const fd = openSync(devNull, 'r')
  closeSync(fd)
  return fd
}

/**
 * Has the runtime open now what it opens once: Deno (2.9.6) opens a pair of sockets for its signals with the first listener, or
 * half a second after its start.
 */
export function openSignalSockets(): void {
  const listener = () => {}
  process.on('SIGHUP', listener).off('SIGHUP', listener)
}
