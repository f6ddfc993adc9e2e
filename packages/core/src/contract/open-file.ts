import { fstatSync, statSync } from 'node:fs'

/** The same for the same file, and another for most others. Files without a place (eventfd, timerfd, signalfd) are all alike. */
export type OpenFile = string

const UNKNOWN: OpenFile = 'unknown'

/**
 * Returns what tells the file that is open under a descriptor from the one that is open there later.
 *
 * @returns `undefined` when none is open; always the same on Windows, where sockets are not files, and where the runtime
 *   does not tell
 */
export function openFileOf(fd: number): OpenFile | undefined {
  if (process.platform === 'win32') return UNKNOWN
  try {
    const { dev, ino } = stat(fd)
    return `${dev}:${ino}`
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'EBADF' || code === 'ENOENT' ? undefined : UNKNOWN
  }
}

/** Says whether a file is open under a descriptor; where that cannot be known, see {@link openFileOf}, it says yes. */
export function isOpen(fd: number): boolean {
  return openFileOf(fd) !== undefined
}

/** Deno (2.9.6) has numbers of its own in `node:fs`, and refuses the system's. */
const stat = process.versions.deno === undefined ? fstatSync : (fd: number) => statSync(`/dev/fd/${fd}`)
