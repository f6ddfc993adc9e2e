import { EVENT_ERROR, EVENT_PRIORITY, RENEWED } from '../contract/events.js'
import type { FileObject } from '../contract/file-object.js'
import type { Ready } from '../contract/ready.js'
import type { ReadyBuffer } from './ready-buffer.js'

/** What goes once it was looked for: a change of the table of mounts is both. */
const EXCEPTIONAL = EVENT_PRIORITY | EVENT_ERROR

/**
 * What was found and not delivered, of exceptional events: the system may report them to the first look only, so that no
 * `modify()` brings them back. They are added to what the next wait finds.
 */
export class Leftovers {
  readonly #masks = new Map<number, number>()

  get isEmpty(): boolean {
    return this.#masks.size === 0
  }

  /** Says whether something of it has to be kept, and keeps it: all where even a level is reported once, or else what is exceptional. */
  keep<Data, File extends FileObject>([{ fd, events }, mask]: Ready<Data, File>): boolean {
    if ((mask & EVENT_PRIORITY) === 0) return false
    const kept = (events & RENEWED) !== 0 ? mask : mask & EXCEPTIONAL
    this.#masks.set(fd, (this.#masks.get(fd) ?? 0) | kept)
    return true
  }

  forget(fd: number): void {
    this.#masks.delete(fd)
  }

  /** Adds it to so many pairs in the buffer, and keeps it no longer. Returns how many pairs there are then. */
  moveTo(ready: ReadyBuffer, count: number): number {
    const merged = ready.merge(count, this.#masks)
    this.#masks.clear()
    return merged
  }
}
