import { EVENT_ERROR, EVENT_HANGUP, EVENT_PRIORITY, EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { Channel, connected } from './channel.js'
import { type Certainty, GONE, RESET, type State, stateOf } from './state.js'
import type { Stream } from './stream.js'

/** One end of two connected stream sockets. */
export abstract class SocketModel extends Channel {
  declare readonly input: Stream
  declare readonly output: Stream
  /** The other end, once both are there. */
  protected other: SocketModel | undefined

  static pair<End extends SocketModel>(
    make: new (connection: object, input: Stream, output: Stream) => End,
  ): [End, End] {
    const [first, second] = connected(make)
    first.other = second
    second.other = first
    return [first, second]
  }

  get state(): State {
    const { input, error } = this
    return stateOf(
      [EVENT_READ, input.isReadable],
      [EVENT_WRITE, this.isWritable],
      [EVENT_PRIORITY, input.urgent],
      [EVENT_HANGUP, input.ended],
      [EVENT_ERROR | GONE, error],
      [GONE, this.isGone],
    )
  }

  /** Whether a write would not block. */
  protected abstract get isWritable(): Certainty

  /** Whether the connection is over in both directions. */
  protected get isGone(): Certainty {
    const { ended: theirs } = this.input
    const { ended: ours } = this.output
    if (theirs === 'no' || ours === 'no') return 'no'
    return theirs === 'yes' && ours === 'yes' ? 'yes' : 'perhaps'
  }

  override release(): void {
    const { input, other } = this
    // Data that nobody has read is an error for who sent it.
    if (other !== undefined && (input.bytes > 0 || input.hasMark)) other.breakOff()
    super.release()
  }

  /** The other side was closed with unread data. */
  protected abstract breakOff(): void
}

/** unix(7): a peer that is closed is a hang-up. */
export class UnixSocket extends SocketModel {
  protected override get isWritable(): Certainty {
    return this.output.broken ? 'yes' : this.output.room
  }

  protected override get isGone(): Certainty {
    return this.output.broken ? 'yes' : super.isGone
  }

  protected override breakOff(): void {
    this.error = 'yes'
  }
}

/** tcp(7): a peer that is closed is the end of the stream, unless it resets the connection. */
export class TcpSocket extends SocketModel {
  override get state(): State {
    const { must, may } = super.state
    const reset = (bits: number) => (bits & EVENT_ERROR ? bits | RESET : bits)
    return { must: reset(must), may: reset(may) }
  }

  #reset: Certainty = 'no'
  #restless = false

  override get roomWhenFull(): Certainty {
    this.#restless = true
    return 'perhaps'
  }

  override get isRestless(): boolean {
    return this.#restless || (this.other as TcpSocket).#restless
  }

  /** One that writes no more always is. */
  protected override get isWritable(): Certainty {
    return this.output.ended !== 'no' || this.#reset === 'yes' ? 'yes' : this.output.room
  }

  /** What it has no room for is told later, and nothing after its end. */
  override get tellsAtOnce(): boolean {
    return this.output.ended === 'no' && this.output.room === 'yes'
  }

  override get canWrite(): boolean {
    return this.output.ended === 'no' && this.#reset === 'no'
  }

  /** Once the other side is closed it answers with a reset. */
  reset(): void {
    this.#reset = 'yes'
    this.error = 'yes'
    this.input.end('yes')
  }

  override finish(): void {
    // What the other side has no room for is sent before the end.
    this.output.end(this.isRestless ? 'perhaps' : 'yes')
    // The other side's answer arrives later, and may be an edge.
    this.#restless = true
  }

  override release(): void {
    super.release()
    if (this.isRestless && (this.other as TcpSocket).#reset !== 'yes' && this.output.bytes > 0)
      this.output.ended = 'perhaps'
  }

  protected override get isGone(): Certainty {
    return this.#reset === 'no' ? super.isGone : this.#reset
  }

  protected override breakOff(): void {
    // After both have ended there is no connection left to reset; an urgent byte may have been read.
    const isOver = this.output.ended !== 'no' && this.input.ended !== 'no'
    if (isOver || this.output.bytes === 0) {
      this.#reset = 'perhaps'
      this.error = 'perhaps'
    } else {
      this.reset()
    }
  }
}

export const unixModel = (): [UnixSocket, UnixSocket] => SocketModel.pair(UnixSocket)
export const tcpModel = (): [TcpSocket, TcpSocket] => SocketModel.pair(TcpSocket)
