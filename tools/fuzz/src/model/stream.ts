import type { Certainty } from './state.js'

/** So many small writes leave room in any buffer: a UNIX socket has less the more there are, however short. */
const FEW = 16

/** One direction of a connection: what was written to it and not read yet. */
export class Stream {
  bytes = 0
  /** Whether the writer finds room. */
  room: Certainty = 'yes'
  /** Whether the reader knows that the writer writes no more. */
  ended: Certainty = 'no'
  /** The reader is gone. */
  broken = false
  /** Whether an urgent byte waits. */
  urgent: Certainty = 'no'
  /** There was one, so that a read may end where it was. */
  hasMark = false
  #writes = 0

  write(bytes: number): void {
    this.bytes += bytes
    if (++this.#writes > FEW && this.room === 'yes') this.room = 'perhaps'
  }

  /** @param room whether the writer finds room in what took no more just now */
  fill(bytes: number, room: Certainty): void {
    this.bytes += bytes
    this.room = room
  }

  /** One at a time: Linux makes data of the byte at an earlier mark that the reader has not come to. */
  get takesUrgent(): boolean {
    return this.urgent === 'no' && this.room === 'yes' && !(this.hasMark && this.bytes > 0)
  }

  markUrgent(): void {
    this.urgent = 'yes'
    this.hasMark = true
  }

  read(bytes: number): void {
    this.bytes -= bytes
    if (this.urgent === 'yes') this.urgent = 'perhaps'
    if (this.bytes === 0) {
      this.#writes = 0
      this.room = 'yes'
      if (this.ended === 'perhaps') this.ended = 'yes'
    } else if (this.room === 'no') {
      this.room = 'perhaps'
    }
  }

  /** The writer writes no more. @param known whether the reader learns of it before it has read all */
  end(known: Certainty): void {
    if (this.ended !== 'yes') this.ended = this.bytes === 0 ? 'yes' : known
  }

  get isReadable(): Certainty {
    return this.bytes > 0 ? 'yes' : this.ended
  }
}
