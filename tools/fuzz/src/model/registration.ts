import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_PRIORITY,
  EXCLUSIVE,
  ONE_SHOT,
  type SelectorKey,
  type Supports,
} from '@selectors/core'
import { type FileModel, PlainFile } from './file.js'
import { masksOf } from './state.js'

const ONCE = EDGE_TRIGGERED | ONE_SHOT

/** What a selector may report of a registration. */
export interface Expectation {
  /** 0 is to report nothing. */
  readonly masks: ReadonlySet<number>
  /** These too, beside or without those: an asynchronous wait may have found them at an earlier moment. */
  readonly found: number
}

export function allows({ masks, found }: Expectation, mask: number): boolean {
  if (masks.has(mask)) return true
  if (mask === 0 || found === 0) return false
  const any = [...masks].reduce((all, one) => all | one, found)
  return (mask & ~any) === 0
}

/** One key of a selector, and what the kernel knows of it. */
export class Registration {
  key: SelectorKey
  /** The file that the number belonged to when it was added; none if it was not open. */
  readonly file: FileModel | undefined
  /** Its descriptor was closed since. */
  wasClosed = false
  /** A helper thread's call may have held the file for a moment when that was closed. */
  lingers = false
  /** A one-shot that was not reported. */
  isArmed = true
  /** Was not reported since it was added or modified: where that makes an edge, it is to come. */
  isFresh = true
  /** Something has happened since the last report that may be an edge. */
  isTouched = false
  /** What has happened since then that is an edge. */
  due = 0
  /** What an asynchronous wait may have found. */
  found = 0
  /** The first file that a wait may have found idle, for as long as that is open. */
  #idle: FileModel | undefined

  constructor(key: SelectorKey, file: FileModel | undefined) {
    this.key = key
    this.file = file
  }

  /** What is registered after `modify()`. @param file what the number belongs to now */
  renewed(key: SelectorKey, file: FileModel | undefined): Registration {
    const renewed = new Registration(key, file)
    if ((this.key.events & ONCE) === 0) renewed.found = this.found & (EVENT_PRIORITY | EVENT_ERROR) & key.events
    return renewed
  }

  /** What is registered once the system has forgotten it, but for what was found. */
  forgotten(): Registration {
    const forgotten = new Registration(this.key, undefined)
    forgotten.found = this.found
    return forgotten
  }

  /** Whether a report consumes what it reports. */
  get isConsumed(): boolean {
    return (this.key.events & (ONCE | EVENT_PRIORITY)) !== 0
  }

  /** @param present the file that the number belongs to now */
  expected(present: FileModel | undefined, supports: Supports, takesAny: boolean): Expectation {
    return { masks: this.#masks(present, supports, takesAny), found: this.found }
  }

  /** A wait is over that has reported nothing of it. */
  rest(present: FileModel | undefined): void {
    if (!this.#idle?.isOpen) this.#idle = present
  }

  /** It was reported. */
  report(): void {
    this.isArmed = (this.key.events & ONE_SHOT) === 0
    this.isFresh = this.isTouched = false
    this.due = this.found = 0
  }

  /** An asynchronous wait may look now, and keep what it finds. */
  look(present: FileModel | undefined, supports: Supports, takesAny: boolean): void {
    const masks = this.#masks(present, supports, takesAny)
    if (masks.has(0)) this.rest(present)
    if (!this.isConsumed) return
    const kept = this.key.events & ONCE ? -1 : EVENT_PRIORITY | EVENT_ERROR
    // select(2) calls ready what is closed during the call, and refuses what was closed before.
    if (present === undefined && supports.closed === 'refused') this.found |= this.key.events & supports.events & kept
    for (const mask of masks) this.found |= mask & kept
  }

  #masks(present: FileModel | undefined, supports: Supports, takesAny: boolean): Set<number> {
    const { events } = this.key
    if (!this.isArmed) return new Set([0])
    if (supports.closed === 'forgotten') {
      // Of a file that was closed nothing is left, unless a duplicate lives.
      if (this.wasClosed)
        return perhaps(
          this.lingers || this.file?.isOpen || present instanceof PlainFile
            ? this.#ready(this.file, supports, takesAny)
            : new Set(),
        )
      return this.#ready(this.file, supports, takesAny)
    }
    const isIdle = supports.closed === 'ready-unless-idle' && this.#idle !== present && this.#idle?.isOpen
    if (present !== undefined) {
      const ready = this.#ready(present, supports, takesAny)
      // What was not open when it was added may be forgotten for good.
      return isIdle || (this.file === undefined && supports.unopened === 'forgotten') ? perhaps(ready) : ready
    }
    const how = this.file === undefined ? supports.unopened : supports.closed
    const closed = new Set([how === 'ready' || how === 'ready-unless-idle' ? events & supports.events : 0])
    return isIdle ? perhaps(closed) : closed
  }

  #ready(file: FileModel | undefined, supports: Supports, takesAny: boolean): Set<number> {
    if (file === undefined) return new Set([0])
    const { events } = this.key
    const masks = masksOf(file.state, events, supports)
    // At its end, or for writing, it is as the system has it. And where several wait for one file exclusively, one may be told for all.
    const isVague =
      file instanceof PlainFile ? supports.regularFiles !== true && !takesAny : events & EXCLUSIVE && file.isShared
    if (isVague) return perhaps(masks)
    if (!(events & EDGE_TRIGGERED) || this.isFresh) return masks
    if (!this.isTouched && !file.isRestless) return new Set([0])
    const due = this.due & maskAlways(masks)
    return due === 0 ? perhaps(masks) : new Set([...masks].filter((mask) => (mask & due) === due))
  }
}

/** The bits that all masks have. */
function maskAlways(masks: ReadonlySet<number>): number {
  return [...masks].reduce((all, mask) => all & mask, -1)
}

function perhaps(masks: ReadonlySet<number>): Set<number> {
  return new Set([0, ...masks])
}
