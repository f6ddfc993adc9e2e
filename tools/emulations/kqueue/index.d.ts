/** What may fail: a whole system call, or one change among those of a `kevent()`, which reports that among the events. */
export type Call = 'kqueue' | 'kevent' | 'change' | 'fcntl'

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

/** Cancels failures that have not happened; returns whether all have happened. */
export function clear(): boolean

/** The filters of a queue, as pairs of a descriptor and `EVFILT_READ` (-1) or `EVFILT_WRITE` (-2). */
export function registered(kq: number): [fd: number, filter: number][] | undefined

/** How many changes all `kevent()` calls have submitted so far. */
export function changes(): number
