import type { End, Pair } from '@selectors/core/conformance'
import { FakeChannel, type FakeKernel } from './fake-kernel'

/** The kinds of file objects of a fake kernel. */
export function fakePairs(kernel: FakeKernel): Pair[] {
  const kinds = [
    { name: 'fake pipe', duplex: false, connect: FakeChannel.pipe },
    { name: 'fake socket pair', duplex: true, connect: FakeChannel.sockets },
  ]
  return kinds.map(({ name, duplex, connect }) => ({
    name,
    duplex,
    urgent: duplex,
    fleeting: true,
    halfClose: duplex,
    open() {
      const [reader, writer] = connect()
      return [new FakeEnd(kernel, reader), new FakeEnd(kernel, writer)]
    },
    async writeLater(end: End, data: string, seconds: number) {
      kernel.schedule(seconds, () => end.write(data))
      return { cancel: async () => kernel.advance() }
    },
  }))
}

class FakeEnd implements End {
  readonly #kernel: FakeKernel
  readonly #channel: FakeChannel
  #fd: number

  constructor(kernel: FakeKernel, channel: FakeChannel) {
    this.#kernel = kernel
    this.#channel = channel
    this.#fd = kernel.open(channel)
  }

  fileno(): number {
    return this.#fd
  }

  read(): Buffer | undefined {
    return this.#file.read()
  }

  write(data: Uint8Array | string): number {
    return this.#file.write(Buffer.from(data as string))
  }

  sendUrgent(): void {
    this.#file.sendUrgent()
  }

  takeUrgent(): void {
    this.#file.takeUrgent()
  }

  sendFleeting(): void {
    this.#file.sendFleeting()
  }

  finish(): void {
    this.#file.finish()
  }

  close(): void {
    if (this.#fd >= 0) this.#kernel.close(this.#fd)
    this.#fd = -1
  }

  dup(): FakeEnd {
    return new FakeEnd(this.#kernel, this.#file)
  }

  /** What the descriptor refers to: as long as nobody else has closed it, the channel. */
  get #file(): FakeChannel {
    if (this.#kernel.file(this.#fd) !== this.#channel) throw new Error(`EBADF: ${this.#fd}`)
    return this.#channel
  }
}
