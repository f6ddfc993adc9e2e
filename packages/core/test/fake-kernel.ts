import { EVENT_ERROR, EVENT_HANGUP, EVENT_PRIORITY, EVENT_READ, EVENT_WRITE } from '@selectors/core'

const CAPACITY = 1 << 16
/** Not a number that the operating system has given to this process. */
const LOWEST_FD = 500

/** One direction of a connection. */
class Stream {
  chunks: Buffer[] = []
  size = 0
  readerGone = false
  writerGone = false
  /** The writer writes no more. */
  ended = false
  urgent = false

  get room(): number {
    return CAPACITY - this.size
  }
}

/** An open file, to which several descriptors may refer. */
export interface FakeFile {
  /** How many descriptors refer to it. */
  references: number
  /** It can be waited on; else it is always ready. */
  readonly waitable: boolean
  /** How often it became ready for something, again while it was so too. */
  readonly edges: number
  /** The events that it is ready for. */
  ready(): number
  /** The other side is gone. */
  hungUp(): boolean
  /** Something has looked for what is exceptional. */
  look?(): void
  /** The last descriptor was closed. */
  release(): void
}

/** What reads from one stream, writes to another, or both. */
export class FakeChannel implements FakeFile {
  references = 0
  edges = 0
  readonly waitable = true
  /** What is connected to it. */
  #other: FakeChannel | undefined
  /** Something exceptional that nothing has looked for. */
  #fleeting = false
  readonly #input: Stream | undefined
  readonly #output: Stream | undefined

  constructor(input: Stream | undefined, output: Stream | undefined) {
    this.#input = input
    this.#output = output
  }

  ready(): number {
    const [input, output] = [this.#input, this.#output]
    const ended = input && (input.writerGone || input.ended)
    const broken = output?.readerGone
    return (
      (input && (ended || input.size > 0) ? EVENT_READ : 0) |
      (output && (broken || output.room > 0) ? EVENT_WRITE : 0) |
      (input?.urgent || this.#fleeting ? EVENT_PRIORITY : 0) |
      (ended ? EVENT_HANGUP : 0) |
      (broken ? EVENT_ERROR : 0)
    )
  }

  hungUp(): boolean {
    return this.#input?.writerGone === true || this.#output?.readerGone === true
  }

  read(): Buffer | undefined {
    const { chunks, size, writerGone, ended } = this.#input ?? new Stream()
    if (size === 0) return writerGone || ended ? Buffer.alloc(0) : undefined
    const data = Buffer.concat(chunks)
    Object.assign(this.#input as Stream, { chunks: [], size: 0 })
    this.#happen()
    return data
  }

  write(data: Buffer): number {
    if (this.#output === undefined || this.#output.readerGone) throw new Error('EPIPE')
    const taken = data.subarray(0, this.#output.room)
    this.#output.chunks.push(taken)
    this.#output.size += taken.length
    if (taken.length > 0) this.#happen()
    return taken.length
  }

  /** Writes no more. */
  finish(): void {
    if (this.#output) this.#output.ended = true
    this.#happen()
  }

  sendUrgent(): void {
    if (this.#output) this.#output.urgent = true
    this.#happen()
  }

  takeUrgent(): void {
    if (this.#input) this.#input.urgent = false
  }

  sendFleeting(): void {
    if (this.#other) this.#other.#fleeting = true
    this.#happen()
  }

  look(): void {
    this.#fleeting = false
  }

  release(): void {
    if (this.#input) this.#input.readerGone = true
    if (this.#output) this.#output.writerGone = true
    this.#happen()
  }

  #happen(): void {
    if (this.#other) this.#other.edges++
  }

  static #connect(first: FakeChannel, second: FakeChannel): [FakeChannel, FakeChannel] {
    first.#other = second
    second.#other = first
    return [first, second]
  }

  static pipe(): [FakeChannel, FakeChannel] {
    const stream = new Stream()
    return FakeChannel.#connect(new FakeChannel(stream, undefined), new FakeChannel(undefined, stream))
  }

  static sockets(): [FakeChannel, FakeChannel] {
    const [there, back] = [new Stream(), new Stream()]
    return FakeChannel.#connect(new FakeChannel(there, back), new FakeChannel(back, there))
  }
}

/** What cannot be waited on. */
export class FakeRegularFile implements FakeFile {
  references = 0
  readonly edges = 0
  readonly waitable = false

  ready(): number {
    return EVENT_READ | EVENT_WRITE
  }

  hungUp(): boolean {
    return false
  }

  release(): void {}
}

/** A table of descriptors, a clock and signals, without an operating system. */
export class FakeKernel {
  /** Signals keep interrupting every wait. */
  stormy = false
  readonly #files: (FakeFile | undefined)[] = []
  #events: { at: number; run: () => void }[] = []

  /** Answers the lowest number that is free, which now refers to a file. */
  open(file: FakeFile): number {
    let fd = LOWEST_FD
    while (this.#files[fd] !== undefined) fd++
    this.#files[fd] = file
    file.references++
    return fd
  }

  file(fd: number): FakeFile | undefined {
    return this.#files[fd]
  }

  close(fd: number): void {
    const file = this.#files[fd]
    this.#files[fd] = undefined
    if (file !== undefined && --file.references === 0) file.release()
  }

  /** Has something happen later, while this thread is in a wait. */
  schedule(seconds: number, run: () => void): void {
    this.#events.push({ at: now() + seconds, run })
  }

  /** Has happen what is due. */
  advance(): void {
    const time = now()
    const due = this.#events.filter(({ at }) => at <= time)
    this.#events = this.#events.filter(({ at }) => at > time)
    for (const { run } of due) run()
  }

  /**
   * Sleeps until a moment, an event or a signal.
   *
   * @returns false when a signal ended the sleep
   */
  sleepUntil(end: number): boolean {
    const next = Math.min(end, ...this.#events.map(({ at }) => at))
    if (next === Number.POSITIVE_INFINITY) throw new Error('Nothing will ever happen, and something waits for it')
    const seconds = next - now()
    sleep(this.stormy ? Math.min(seconds, 0.001) : seconds)
    return !this.stormy
  }
}

/** Seconds on a clock that only goes forward. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e9
}

function sleep(seconds: number): void {
  if (seconds > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
}
