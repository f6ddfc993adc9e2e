/** Which system call: 0 is `open`, 1 `write`, 2 `ioctl`. */
type Call = number

/** Makes `times` calls fail after `skipped` more have succeeded; a write that fails has applied its first `applied` entries. */
export function arm(call: Call, skipped: number, times: number, errno: number, applied: number): void

/** Forgets all failures that have not come to pass. */
export function disarm(): void

/** How many calls of this kind there have been. */
export function count(call: Call): number

/** The descriptors of all sets that are open. */
export function devices(): number[]

/** What a set watches: `[fd, events, fd, events, ...]`, in bits of poll(2). */
export function watched(fd: number): number[]

/** The system that it is, which the tests of the package run on. */
export const systems: readonly string[]
