import { FileModel } from './file.js'
import type { Certainty } from './state.js'
import { Stream } from './stream.js'

/** One end of a connection: reads from one stream, writes to another, or both. */
export abstract class Channel extends FileModel {
  readonly input: Stream | undefined
  readonly output: Stream | undefined
  /** Whether a read or a write would say an error, and none after it. */
  error: Certainty = 'no'

  constructor(connection: object, input: Stream | undefined, output: Stream | undefined) {
    super(connection)
    this.input = input
    this.output = output
  }

  /** Whether the system takes bytes from it. */
  get canWrite(): boolean {
    return this.output !== undefined && this.output.ended === 'no' && !this.output.broken
  }

  /** Whether there is room once it has taken no more, before the other side reads. */
  get roomWhenFull(): Certainty {
    return 'no'
  }

  /** An operation has said the error, if there was one. */
  useUp(): void {
    if (this.error === 'yes') this.error = 'perhaps'
  }

  /** It writes no more, and goes on reading. */
  finish(): void {
    this.output?.end('yes')
  }

  override release(): void {
    this.output?.end('yes')
    if (this.input !== undefined) this.input.broken = true
  }
}

/** Connects two ends by two streams, there and back. */
export function connected<End extends Channel>(
  make: new (connection: object, input: Stream, output: Stream) => End,
): [End, End] {
  const [connection, there, back] = [{}, new Stream(), new Stream()]
  return [new make(connection, there, back), new make(connection, back, there)]
}
