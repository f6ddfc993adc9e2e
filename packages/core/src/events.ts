import { ValueError } from './errors.js'
import { name } from './file-object.js'

/** A file object is ready for reading: data, a connection, the end of the stream or an error waits there. */
export const EVENT_READ = 1

/** A file object is ready for writing: the system takes at least one more byte, or reports an error. */
export const EVENT_WRITE = 2

const ALL_EVENTS = EVENT_READ | EVENT_WRITE

/** @throws {ValueError} when `events` is no mask of events, or an empty one */
export function checkEvents(events: number): void {
  if (typeof events !== 'number' || !Number.isInteger(events) || events <= 0 || events > ALL_EVENTS) {
    throw new ValueError(`Invalid events ${name(events)}: expected EVENT_READ, EVENT_WRITE or both`)
  }
}
