import type { BaseSelector } from '../contract/base-selector.js'
import type { FileObject } from '../contract/file-object.js'
import type { Supports } from '../contract/supports.js'

/** What the suite is run over: one selector class. */
export interface Subject {
  /** The name of the class, such as `EpollSelector`. */
  readonly name: string
  /** Makes a selector. The suite closes it. */
  create(options?: CreateOptions): BaseSelector<unknown, FileObject>
  /** The kinds of file objects to run over, at least one. `@selectors/socket/pairs` has some. */
  readonly pairs: readonly Pair[]
  /** What the class says that it can do; the suite checks that it is true. */
  readonly supports: Supports
  /**
   * The module that exports the class under `name`, and its `wake()`, see `nativeWake` of `@selectors/core`, where `supports` says that
   * it can be woken: the absolute path of built JavaScript, such as `require.resolve('..')`.
   * Worker threads and child processes import it; without it, the tests that need them are left out.
   */
  readonly module?: string
  /** The descriptors are not the operating system's, but those of a fake kernel. Leaves out the tests that need real files. */
  readonly simulated?: boolean
  /** Opens a file that is always ready. By default it is one of the suite's own. */
  openRegularFile?(): Pick<End, 'fileno' | 'close'>
  /**
   * Seconds that a test may take, 60 if left out: one that waits longer fails. One that blocks its thread for 5 s more is named on
   * standard error, and the process ended.
   */
  readonly limit?: number
  /** Begins to interrupt the waits of this thread. By default a child process storms this one with SIGCHLD. */
  storm?(): Promise<Storm>
}

/** Options to make a selector with, see {@link Subject}. */
export interface CreateOptions {
  /** The backends' constructor option of this name: descriptors that cannot be waited for are always ready. */
  readonly anyDescriptor?: boolean
}

/** Signals that arrive again and again. */
export interface Storm {
  /** Ends the storm. May be called twice. */
  stop(): Promise<void>
}

/** A kind of connected file objects: what is written to one end is read from the other. */
export interface Pair {
  /** Such as `pipe`. */
  readonly name: string
  /** Each end reads and writes. Otherwise the first only reads and the second only writes. */
  readonly duplex: boolean
  /**
   * The system may report an end as ready for what it cannot do: macOS's select(2) finds a pipe's reader writable. If left out, it does
   * not.
   */
  readonly vague?: boolean
  /** The ends send and take urgent data, which is EVENT_PRIORITY. */
  readonly urgent?: boolean
  /** The ends send what is EVENT_PRIORITY for the first look only, as a change of the table of mounts is. */
  readonly fleeting?: boolean
  /** An end can stop sending, which the other side sees, and go on reading. */
  readonly halfClose?: boolean
  /** Makes two connected ends, the reader first. */
  open(): [reader: End, writer: End]
  /**
   * Writes from another thread, so that this one may be blocked. Resolves when that thread is running; the data
   * is written `seconds` later.
   */
  writeLater?(end: End, data: string, seconds: number): Promise<LaterWrite>
}

/** A write that another thread is about to make. */
export interface LaterWrite {
  /** Resolves when the other thread has written, or never will; may be called twice. */
  cancel(): Promise<void>
}

/** One end of a pair, a file object that never blocks. */
export interface End {
  /** Returns the file descriptor, -1 after `close()`. */
  fileno(): number
  /** Reads what there is: an empty Buffer at the end of the stream, `undefined` if it would block. */
  read(): Buffer | undefined
  /** Returns how many bytes were written, 0 if it would block. */
  write(data: Uint8Array | string): number
  /** Sends something urgent, where the kind is `urgent`. */
  sendUrgent?(): void
  /** Receives it. */
  takeUrgent?(): void
  /** Sends something exceptional that whatever looks first takes, where the kind is `fleeting`. */
  sendFleeting?(): void
  /** Stops sending and goes on reading, where the kind has `halfClose`. */
  finish?(): void
  /** May be called twice. */
  close(): void
  /** Makes another end on the same open file, under a number of its own. */
  dup(): End
}

/** What runs the tests: jest, node:test, vitest and mocha all have these four functions. */
export interface Runner {
  /** Opens a group, whose tests and hooks `body` adds. */
  describe(name: string, body: () => void): void
  /** Adds a test, which fails when its promise is rejected. */
  it(name: string, body: () => Promise<void>): void
  /** Adds what is done before each test of the group. */
  beforeEach(hook: () => void): void
  /** Adds what is done after each test of the group, whether or not it has failed. */
  afterEach(hook: () => void): void
}
