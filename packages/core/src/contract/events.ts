import { ValueError } from './errors.js'
import { name } from './file-object.js'

/** A file object is ready for reading: data, a connection, the end of the stream or an error waits there. */
export const EVENT_READ = 1

/** A file object is ready for writing: the system takes at least one more byte, or reports an error. */
export const EVENT_WRITE = 2

const ALL_EVENTS = EVENT_READ | EVENT_WRITE

/**
 * @param supports says which events there are, as {@link Supports} does
 * @throws {ValueError} if `events` is not a mask of them, or is empty
 */
export function checkEvents(events: number, supports = { events: ALL_EVENTS }): void {
  if (typeof events !== 'number' || (events | 0) !== events || events <= 0 || (events & ~supports.events) !== 0) {
    throw new ValueError(`Invalid events ${name(events)}: expected EVENT_READ, EVENT_WRITE or both`)
  }
}
