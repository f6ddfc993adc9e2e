import { EVENT_ERROR, EVENT_HANGUP, EVENT_PRIORITY, EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { GONE, type State } from './state.js'

/** An open file, to which several descriptors may refer; what a registration is for. Knows nothing of the real one. */
export abstract class FileModel {
  /** How many descriptors refer to it. */
  descriptors = 1
  /** There were ever several. */
  isShared = false
  /** What happens to either of these can be an edge of both. */
  readonly connection: object

  constructor(connection: object) {
    this.connection = connection
  }

  get isOpen(): boolean {
    return this.descriptors > 0
  }

  /** What it is ready for. */
  abstract get state(): State
  /** Its last descriptor was closed. */
  abstract release(): void

  /** The other side learns at once of what is done here. */
  get tellsAtOnce(): boolean {
    return true
  }

  /** The kernel goes on with it by itself, so that it may become ready for something else at any time. */
  get isRestless(): boolean {
    return false
  }
}

/** A file that cannot be waited for, and never blocks. */
export class PlainFile extends FileModel {
  readonly state: State

  constructor(state: State) {
    super({})
    this.state = state
  }

  override release(): void {}
}

const ANYTHING = EVENT_READ | EVENT_WRITE | EVENT_PRIORITY | EVENT_HANGUP | EVENT_ERROR | GONE

/** A file that is none of the program's, such as a selector's own, under a number that the program has closed. */
export class ForeignFile extends FileModel {
  readonly state: State = { must: 0, may: ANYTHING }

  override get isRestless(): boolean {
    return true
  }

  override release(): void {}
}
