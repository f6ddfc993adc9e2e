import type { BaseSelector } from '../contract/base-selector.js'
import type { FileObject } from '../contract/file-object.js'
import type { Supports } from '../contract/supports.js'
import { type Child, startScript, startWorker, type Task } from './child.js'
import type { CreateOptions, End, Pair, Runner, Subject } from './subject.js'
import { inTime } from './watchdog.js'

/** Seconds that a test may take, unless the subject says otherwise. */
const LIMIT = 60

/** A selector of any backend; `fileno()` is there where `supports` says so. */
export type Selector = BaseSelector<unknown, FileObject> & { fileno?(): number }

/** What a group of tests works with: makers of things that are closed after each test, and one kind of pair. */
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
  /** Closes something after the test. */
  keep<Thing extends { close(): void }>(thing: Thing): Thing
  /** Runs a script of the suite in a child process, until its first message. */
  startScript(script: string, task?: Task, execArgv?: string[], stderr?: 'inherit' | 'ignore'): Promise<Child>
  /**
   * Runs a script of the suite where it has the task's descriptors, until its first message: in a child process, or in a worker
   * thread on Windows.
   */
  startWithDescriptors(script: string, task: Task): Promise<Child>
  /** Runs a script of the suite in a worker thread, until its first message. */
  startWorker(script: string, task: Task): Promise<Child>
}

/** Some tests of one subject, such as those about one method. */
export type Group = (fixture: Fixture) => void

/** Describes a group, on a fixture of its own; or nothing, if it has no tests for such a subject. */
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
    startScript: (script, task, execArgv, stderr) => startScript(script, task, execArgv, stderr, keep),
    startWithDescriptors: (script, task) =>
      process.platform === 'win32'
        ? startWorker(script, task, keep)
        : startScript(script, task, undefined, undefined, keep),
    startWorker: (script, task) => startWorker(script, task, keep),
  })
  if (tests.length === 0) return

  runner.describe(name, () => {
    runner.beforeEach(() => {
      things = []
    })
    runner.afterEach(() => closeAll(things))
    for (const [title, body] of tests) {
      const fullName = `${subject.name} on a ${pair.name}, ${name}: ${title}`
      runner.it(title, () => inTime(fullName, subject.limit ?? LIMIT, body))
    }
  })
}

/** The last one first, as `using` does; all of them, even if one throws. */
function closeAll(things: readonly { close(): void }[]): void {
  const errors: unknown[] = []
  for (const thing of [...things].reverse()) {
    try {
      thing.close()
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
}
