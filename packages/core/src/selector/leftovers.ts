import { EVENT_ERROR, EVENT_PRIORITY, RENEWED } from '../contract/events.js'
import type { FileObject } from '../contract/file-object.js'
import type { Ready } from '../contract/ready.js'
import { merge } from './ready-buffer.js'

/** What goes once it was looked for: a change of the table of mounts is both. */
const EXCEPTIONAL = EVENT_PRIORITY | EVENT_ERROR

/**
 * What was found and not delivered, where no `modify()` brings it back: of registrations for exceptional events, which the system may
 * report to the first look only, and where it is refused. It is added to what the next wait finds.
 */
export class Leftovers {
  readonly #masks = new Map<number, number>()

  get isEmpty(): boolean {
    return this.#masks.size === 0
  }

  /** Returns whether it keeps something of that: all where a level is reported once too, or else what is exceptional. */
  keep<Data, File extends FileObject>([{ fd, events }, mask]: Ready<Data, File>): boolean {
    if ((events & EVENT_PRIORITY) === 0) return false
    const isLevel = (events & RENEWED) === 0
    if (isLevel && (mask & EVENT_PRIORITY) === 0) return false
    this.add(fd, isLevel ? mask & EXCEPTIONAL : mask)
    return true
  }

  add(fd: number, mask: number): void {
    this.#masks.set(fd, (this.#masks.get(fd) ?? 0) | mask)
  }

  forget(fd: number): void {
    this.#masks.delete(fd)
  }

  /** Adds it to the first of these pairs. Returns how many there are then. */
  addTo(pairs: Int32Array, count: number): number {
    return merge(pairs, count, this.#masks)
  }
}
