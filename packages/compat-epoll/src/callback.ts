/**
 * What an `Epoll` calls from the event loop.
 *
 * @param error null, unless the system refuses to go on waiting; `events` is 0 then, and the next `add()` tries again
 * @param fd the descriptor that was added
 * @param events what is ready, a mask of its constants
 */
export type EpollCallback = (error: Error | null, fd: number, events: number) => void
