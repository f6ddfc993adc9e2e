/** What may fail: a whole system call, or one change among those of a `kevent()`, which reports that among the events. */
export type Call = 'kqueue' | 'kevent' | 'change' | 'fcntl'

/** The systems whose kernels are emulated. */
export const systems: readonly string[]

/**
 * Emulates another system's kernel from now on, for the whole process and those that it starts. At first it is what the environment says in
 * `KQUEUE_SYSTEM`, or else macOS.
 *
 * @param release what uname(2) calls the version; of macOS, Darwin's: `20.6.0` is the last one of macOS 11
 */
export function use(system: string, release?: string): void

/** The names of the traits in which these kernels differ, of all of them or of one, see `src/traits.h`. */
export function traits(system?: string): string[]

/**
 * Makes one call fail, once.
 *
 * `EINTR` interrupts a `kevent()` behind all of its changes, as kqueue(2) says; if one of these is refused, that is reported
 * instead.
 *
 * @param code such as `ENOMEM`
 * @param options `after`: how many calls succeed before; `applied`: how many of its changes a `kevent()` makes all the same
 */
export function fail(call: Call, code: string, options?: { after?: number; applied?: number }): void

/** Cancels failures that have not happened, and forgets what was revoked; returns whether all failures have happened. */
export function clear(): boolean

/** Ends a descriptor's file as revoke(2) does. */
export function revoke(fd: number): void

/** The filters of a queue, as pairs of a descriptor and `EVFILT_READ` (-1) or `EVFILT_WRITE` (-2). */
export function registered(kq: number): [fd: number, filter: number][] | undefined

/** How many changes all `kevent()` calls have submitted so far. */
export function changes(): number
