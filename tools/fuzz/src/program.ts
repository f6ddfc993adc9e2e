import { Mismatch } from './mismatch.js'
import { type FileModel, ForeignFile } from './model/file.js'
import type { Edges } from './model/selector-model.js'
import type { Subject } from './selectors/subject.js'
import { UnderTest } from './selectors/under-test.js'
import type { WakingThread } from './selectors/waking-thread.js'
import type { Descriptor } from './world/descriptor.js'
import type { Kind } from './world/kind.js'
import type { Settling } from './world/settling.js'
import { World } from './world/world.js'

/** What programs run on: selectors that have the same files to wait for. */
export interface System {
  readonly subjects: readonly Subject[]
  readonly kinds: readonly Kind[]
  /** Whether a number is open, whoever has it. */
  isOpen(fd: number): boolean
  /** How many numbers are. */
  countOpen(): number
  /** Waits until what was done has arrived; for kinds that are slow. */
  readonly settling?: Settling
  /** A thread that wakes selectors, where there can be one. */
  readonly thread?: WakingThread
}

/** A program that runs: its descriptors, and every selector beside its model. */
export class Program {
  readonly system: System
  readonly takesAny: boolean
  readonly world = new World()
  /** What was done so far, as a program that a person can read. */
  readonly lines: string[] = []
  /** How many calls of selectors there were. */
  calls = 0
  tests: readonly UnderTest[] = []
  readonly #foreign = new ForeignFile({})

  readonly #patience: number

  /** @param patience milliseconds that an asynchronous wait may take which has to end */
  constructor(system: System, takesAny: boolean, patience: number) {
    this.system = system
    this.takesAny = takesAny
    this.#patience = patience
  }

  /** Makes new selectors. */
  construct(): void {
    this.say(`selector = new Selector(${this.takesAny ? '{ anyDescriptor: true }' : ''})`)
    this.tests = this.system.subjects.map(
      (subject) => new UnderTest(subject, this.takesAny, this.#patience, this.#fileAt),
    )
  }

  say(line: string): void {
    this.lines.push(line)
  }

  /** Does the same with each selector. */
  each(line: string, action: (one: UnderTest) => void): void {
    this.say(line)
    for (const one of this.tests) {
      this.calls++
      try {
        action(one)
      } catch (error) {
        throw blaming(error, one)
      }
    }
  }

  /** Does the same with each selector, one after the other, or all at once. */
  async eachAsync(line: string, action: (one: UnderTest) => Promise<void>): Promise<void> {
    this.say(line)
    for (const one of this.tests) {
      this.calls++
      try {
        await action(one)
      } catch (error) {
        throw blaming(error, one)
      }
    }
  }

  /** Something was done to a file, which is an edge for some. */
  happened(descriptor: Descriptor, edges: Edges = new Map()): void {
    const isSlow = descriptor.kind.isSlow || this.#isHeld
    if (isSlow) this.system.settling?.settle(descriptor.file.connection, this.world.open, this.#patience)
    for (const { model } of this.tests) model.happened(descriptor.file.connection, edges)
  }

  close(descriptor: Descriptor): void {
    this.world.close(descriptor)
    for (const { model } of this.tests) model.closed(descriptor.fd, descriptor.file, this.#isHeld)
  }

  end(): void {
    for (const { selector } of this.tests) selector.close()
    this.world.closeAll()
  }

  /** poll(2) and select(2) in a helper thread hold a file that is closed for a moment. */
  get #isHeld(): boolean {
    return this.tests.some(({ model }) => model.isLooking)
  }

  readonly #fileAt = (fd: number): FileModel | undefined => {
    const { file } = this.world.at(fd) ?? {}
    return file ?? (this.system.isOpen(fd) ? this.#foreign : undefined)
  }
}

function blaming(error: unknown, { subject }: UnderTest): Mismatch {
  const message = error instanceof Mismatch ? error.message : String((error as Error)?.stack ?? error)
  return new Mismatch(`${subject.name}: ${message}`, { cause: error })
}
