import { ValueError } from './errors.js'
import { name } from './file-object.js'

/** A file object is ready for reading: there is data, a connection, the end of the stream or an error to be read. */
export const EVENT_READ = 1

/** A file object is ready for writing: the system accepts at least one more byte, or reports an error. */
export const EVENT_WRITE = 2

// What goes beyond Python starts at 1 << 16, so that numbers of poll(2) and epoll(7), which stand for something else, stay
// the errors that they are in Python.

/**
 * Something exceptional has happened: urgent data of a TCP socket, a GPIO edge or another change of a sysfs attribute, a changed
 * table of mounts, a crossed threshold of /proc/pressure, a packet of a pseudo-terminal's controls. Register first, then read what the
 * file says now, then wait: that way no change is lost. epoll, poll, /dev/poll, AFD, select (not on Windows), and kqueue on macOS and
 * OpenBSD; the last three for urgent data only.
 *
 * @see https://man7.org/linux/man-pages/man2/poll.2.html POLLPRI
 */
export const EVENT_PRIORITY = 1 << 16

/**
 * The other side has ended: it sends nothing more, or is gone. What it sent before can still be read. This event can be waited for on its
 * own. Without it, a hang-up counts as the other events that are waited for. epoll, kqueue, poll, /dev/poll and AFD; where the system has
 * no POLLRDHUP (poll on macOS), the other side has to be gone altogether.
 */
export const EVENT_HANGUP = 1 << 17

/**
 * An error is pending: the connection was reset or refused, or a pipe's reader is gone. With or without this event, an error also
 * counts as the other events that are waited for. epoll, kqueue (at the end of a stream only), poll, /dev/poll and AFD.
 */
export const EVENT_ERROR = 1 << 18

/**
 * A mode, added to events: what is ready is reported once, and again when something more has happened, such as the arrival of more data.
 * So read or write until the system says EAGAIN; or call `modify()` with the same events, which reports what is ready once more. epoll
 * and kqueue.
 *
 * @see https://man7.org/linux/man-pages/man7/epoll.7.html EPOLLET
 */
export const EDGE_TRIGGERED = 1 << 24

/**
 * A mode, added to events: after one report nothing more is reported until `modify()` arms the registration again, which it does with
 * the same events too. All backends.
 */
export const ONE_SHOT = 1 << 25

/**
 * A mode, added to EVENT_READ, EVENT_WRITE and EDGE_TRIGGERED: when several selectors, each in its own thread or process, wait for
 * one file object, such as a listening socket, at least one of them is woken instead of all. epoll.
 *
 * @see https://man7.org/linux/man-pages/man2/epoll_ctl.2.html EPOLLEXCLUSIVE
 */
export const EXCLUSIVE = 1 << 26

/** The modes with which `modify()` to the same events asks the system again: what is ready is reported once more. */
export const RENEWED = EDGE_TRIGGERED | ONE_SHOT

/** What goes beyond Python: what an error calls it, and who has it. */
const EXTRAS: readonly (readonly [bit: number, name: string, who: string])[] = [
  [
    EVENT_PRIORITY,
    'EVENT_PRIORITY',
    'epoll, poll, devpoll, afd, select (not on Windows) and kqueue (on macOS and OpenBSD)',
  ],
  [EVENT_HANGUP, 'EVENT_HANGUP', 'epoll, kqueue, poll, devpoll and afd'],
  [EVENT_ERROR, 'EVENT_ERROR', 'epoll, kqueue, poll (not on macOS), devpoll and afd'],
  [EDGE_TRIGGERED, 'EDGE_TRIGGERED', 'epoll and kqueue'],
  [ONE_SHOT, 'ONE_SHOT', 'epoll, kqueue, poll, devpoll, afd and select'],
  [EXCLUSIVE, 'EXCLUSIVE', 'epoll'],
]

/** What EXCLUSIVE goes with. */
const SHAREABLE = EVENT_READ | EVENT_WRITE | EDGE_TRIGGERED | EXCLUSIVE

/** What a selector can wait for, as its {@link Supports} says. */
export interface Repertoire {
  /** A mask of EVENT_* bits. */
  readonly events: number
  /** A mask of modes, such as ONE_SHOT. */
  readonly modes: number
}

const pythons: Repertoire = { events: EVENT_READ | EVENT_WRITE, modes: 0 }

/**
 * Checks a mask of events, as `register()` and `modify()` do.
 *
 * @param repertoire what the selector has, such as its `supports`; left out, it is EVENT_READ and EVENT_WRITE
 * @param selector named where it lacks what others have
 * @throws {ValueError} if `events` is not a mask of at least one of the selector's events, and of its modes
 */
export function checkEvents(events: number, repertoire = pythons, selector = 'this selector'): void {
  const { events: known, modes } = repertoire
  if (typeof events !== 'number' || (events | 0) !== events || (events & ~(known | modes)) !== 0) {
    throw refused(events, known | modes, selector)
  }
  if ((events & known) === 0) throw invalid(events)
  if ((events & EXCLUSIVE) !== 0 && (events & ~SHAREABLE) !== 0) {
    throw new ValueError(
      `Invalid events ${events}: EXCLUSIVE goes with EVENT_READ, EVENT_WRITE and EDGE_TRIGGERED only, not with ${namesOf(events & ~SHAREABLE)}`,
    )
  }
}

/** Makes the error for bits that the selector does not have: some that others have, or others. */
function refused(events: number, known: number, selector: string): ValueError {
  if (typeof events !== 'number' || (events | 0) !== events) return invalid(events)
  const lacking = events & ~known
  const [first, ...others] = EXTRAS.filter(([bit]) => lacking & bit)
  if (first === undefined || others.reduce((rest, [bit]) => rest & ~bit, lacking & ~first[0]) !== 0)
    return invalid(events)
  const [, bit, who] = first
  return new ValueError(
    `Invalid events ${events}: ${selector} does not have ${bit} on ${process.platform}, only ${who}`,
  )
}

function invalid(events: number): ValueError {
  return new ValueError(
    `Invalid events ${name(events)}: expected EVENT_READ, EVENT_WRITE or both, or other EVENT_* of the selector, and its modes`,
  )
}

function namesOf(events: number): string {
  return EXTRAS.flatMap(([bit, name]) => (events & bit ? [name] : [])).join(' and ')
}

/** Writes a mask as code does. */
export function masked(events: number): string {
  const read = events & EVENT_READ ? ['EVENT_READ'] : []
  const write = events & EVENT_WRITE ? ['EVENT_WRITE'] : []
  return [...read, ...write, ...EXTRAS.flatMap(([bit, name]) => (events & bit ? [name] : []))].join(' | ')
}
