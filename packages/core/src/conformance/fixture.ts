import type { BaseSelector } from '../contract/base-selector.js'
import type { FileObject } from '../contract/file-object.js'
import type { Supports } from '../contract/supports.js'
import type { CreateOptions, End, Pair, Runner, Subject } from './subject.js'

/** A selector of any backend; `fileno()` is there where `supports` says so. */
export type Selector = BaseSelector<unknown, FileObject> & { fileno?(): number }

/** What a group of tests stands on: makers of things that are closed after each test, and one kind of pair. */
export interface Fixture {
  /** Adds a test. */
  it(name: string, body: () => void | Promise<void>): void
  readonly subject: Subject
  readonly supports: Supports
  readonly pair: Pair
  /** Makes a selector. */
  create(options?: CreateOptions): Selector
  /** Makes two connected ends of the fixture's kind. */
  open(): [reader: End, writer: End]
  /** Has something closed after the test. */
  keep<Thing extends { close(): void }>(thing: Thing): Thing
}

/** Some tests of one subject, such as those about one method. */
export type Group = (fixture: Fixture) => void

/** Describes a group, on a fixture of its own; or nothing, when it has no tests for such a subject. */
export function describeGroup(name: string, group: Group, subject: Subject, pair: Pair, runner: Runner): void {
  const tests: Parameters<Fixture['it']>[] = []
  let things: { close(): void }[] = []

  function keep<Thing extends { close(): void }>(thing: Thing): Thing {
    things.push(thing)
    return thing
  }

  group({
    it: (...test) => tests.push(test),
    subject,
    supports: subject.supports,
    pair,
    keep,
    create: (options) => keep(subject.create(options)),
    open() {
      const ends = pair.open()
      for (const end of ends) keep(end)
      return ends
    },
  })
  if (tests.length === 0) return

  runner.describe(name, () => {
    runner.beforeEach(() => {
      things = []
    })
    // The last one first, as `using` does.
    runner.afterEach(() => {
      for (const thing of things.reverse()) thing.close()
    })
    for (const [title, body] of tests) runner.it(title, async () => body())
  })
}
