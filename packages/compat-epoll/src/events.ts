import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  ONE_SHOT,
  ValueError,
} from '@selectors/epoll'

// The numbers of sys/epoll.h, as npm's epoll gives them: EPOLLET is positive, and becomes negative by `|`.
export const EPOLLIN = 0x1
export const EPOLLPRI = 0x2
export const EPOLLOUT = 0x4
export const EPOLLERR = 0x8
export const EPOLLHUP = 0x10
export const EPOLLRDHUP = 0x2000
export const EPOLLONESHOT = 0x4000_0000
export const EPOLLET = 0x8000_0000

/** What is called alike in both. A hang-up is two events in epoll, and one here. */
const ALIKE: readonly (readonly [epolls: number, ours: number])[] = [
  [EPOLLIN, EVENT_READ],
  [EPOLLPRI, EVENT_PRIORITY],
  [EPOLLOUT, EVENT_WRITE],
  [EPOLLERR, EVENT_ERROR],
  [EPOLLONESHOT, ONE_SHOT],
  [EPOLLET, EDGE_TRIGGERED],
]
const KNOWN = ALIKE.reduce((known, [bit]) => known | bit, EPOLLHUP | EPOLLRDHUP)

/** Errors and hang-ups, which epoll reports without being asked. */
const UNASKED = EVENT_ERROR | EVENT_HANGUP

/**
 * Translates what is to be waited for.
 *
 * @throws {ValueError} when it is no mask of epoll's events
 */
export function toMask(events: number): number {
  if (typeof events !== 'number' || (events >>> 0 !== events && (events | 0) !== events) || (events & ~KNOWN) !== 0) {
    throw new ValueError(`Invalid events ${String(events)}: expected constants of Epoll, such as Epoll.EPOLLPRI`)
  }
  return ALIKE.reduce((mask, [bit, ours]) => (events & bit ? mask | ours : mask), UNASKED)
}

/** Translates what was found, but for a hang-up. */
export function toEvents(mask: number): number {
  return ALIKE.reduce((events, [bit, ours]) => (mask & ours ? events | bit : events), 0)
}
