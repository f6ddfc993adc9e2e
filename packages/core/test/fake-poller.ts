import { constants } from 'node:os'
import * as timers from 'node:timers'
import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  ONE_SHOT,
  type Poller,
  type Supports,
  type WakeHandle,
} from '@selectors/core'
import { type FakeFile, type FakeKernel, now } from './fake-kernel'

const { EBADF, EINTR, EINVAL, ELOOP, ENOENT, ENOTSUP, EPERM, ERANGE } = constants.errno
const READ_WRITE = EVENT_READ | EVENT_WRITE
const FD_SETSIZE = 1024
/** Not those that a test may put in their place. */
const { setImmediate, setTimeout } = timers

/** What is watched: a number, and the file that it had at first, in case that others are not reported. */
export interface Watched {
  /** With the modes. */
  events: number
  readonly file: FakeFile | undefined
  /** What the file's `edges` were when it was reported. */
  reported?: number | undefined
  /** It was reported, and is to be so once. */
  spent?: boolean
}

/** A poller over a kernel that is none, which answers where systems differ as `supports` says. */
export class FakePoller implements Poller, FakeFile {
  references = 0
  readonly waitable = true
  readonly edges = 0
  protected readonly kernel: FakeKernel
  readonly supports: Supports
  readonly anyDescriptor: boolean
  protected readonly watched = new Map<number, Watched>()
  protected queue = -1
  protected woken = false
  /** It ended a blocking wait, and has to end the asynchronous one that went on beside that. */
  protected owed = false
  #onReady: (() => void) | undefined

  constructor(kernel: FakeKernel, supports: Supports, anyDescriptor = false) {
    this.kernel = kernel
    this.supports = supports
    this.anyDescriptor = anyDescriptor
  }

  open(): number {
    if (this.supports.fileno) this.queue = this.kernel.open(this)
    return 0
  }

  fileno(): number {
    return this.supports.fileno ? this.queue : -ENOTSUP
  }

  add(fd: number, events: number): number {
    if (!this.supports.aboveFdSetSize && fd >= FD_SETSIZE) return -ERANGE
    const file = this.kernel.file(fd)
    if (file === undefined && !this.supports.unopened) return -EBADF
    if (file === this && this.supports.pollable) return -EINVAL
    if (file instanceof FakePoller && this.supports.pollable && file.waitsFor(this)) return -ELOOP
    if (file?.waitable === false && !this.supports.regularFiles && !this.anyDescriptor) return -EPERM
    this.watched.set(fd, { events, file })
    return 0
  }

  /** Whether it watches another one, perhaps through others. */
  waitsFor(other: FakePoller): boolean {
    return [...this.watched.values()].some(
      ({ file }) => file === other || (file instanceof FakePoller && file.waitsFor(other)),
    )
  }

  modify(fd: number, events: number): number {
    const watched = this.watched.get(fd) as Watched
    if (!this.supports.unopened) {
      const file = this.kernel.file(fd)
      if (file !== watched.file) return file === undefined ? -EBADF : -ENOENT
    }
    Object.assign(watched, { events, reported: undefined, spent: false })
    return 0
  }

  remove(fd: number): number {
    return this.watched.delete(fd) ? 0 : -ENOENT
  }

  wait(timeout: number, ready: Int32Array): number {
    const end = timeout < 0 ? Number.POSITIVE_INFINITY : now() + timeout
    for (;;) {
      const result = this.waitOnce(end, ready)
      if (result === -EINTR && !this.isEnded()) continue
      this.owed = this.isArmed && (this.owed || this.woken)
      this.woken = false
      return result
    }
  }

  protected get isArmed(): boolean {
    return this.#onReady !== undefined
  }

  /** A wait is ended by `wake()`. What is owed to the asynchronous one ends no blocking one. */
  protected isEnded(): boolean {
    return this.woken || (this.owed && !this.isArmed)
  }

  wake(): number {
    this.woken = true
    return 0
  }

  waker(): WakeHandle {
    return { backend: 'fake', token: this.queue }
  }

  arm(onReady: () => void): number {
    this.#onReady = onReady
    this.#watch()
    return 0
  }

  disarm(goesOff = false): number {
    this.#onReady = undefined
    if (!goesOff) this.owed = false
    return 0
  }

  close(): number {
    if (this.queue >= 0) this.kernel.close(this.queue)
    this.queue = -1
    this.watched.clear()
    return 0
  }

  /** As a file: readable while something is ready. */
  ready(): number {
    if (!this.supports.pollable) return 0
    return this.found().length > 0 ? EVENT_READ : 0
  }

  /** As a file: an error where it cannot be waited on. */
  hungUp(): boolean {
    return !this.supports.pollable
  }

  release(): void {}

  /** Looks again and again whether a wait would end, from the next turn of the event loop on. */
  #watch(): void {
    const look = () => {
      const onReady = this.#onReady
      if (onReady === undefined) return
      this.kernel.advance()
      if (this.woken || this.owed || this.found().length > 0) {
        this.#onReady = undefined
        onReady()
      } else {
        setTimeout(look, 20).unref()
      }
    }
    setImmediate(look)
  }

  /** One system call. */
  protected waitOnce(end: number, ready: Int32Array): number {
    for (;;) {
      this.kernel.advance()
      const result = this.collect(ready)
      if (result === 0 && this.isEnded()) return -EINTR
      if (result !== 0 || now() >= end) return result
      if (!this.kernel.sleepUntil(end)) return -EINTR
    }
  }

  protected collect(ready: Int32Array): number {
    const found = this.found()
    for (const [place, [fd, mask, watched]] of found.entries()) {
      if (mask < 0) return mask
      ready.set([fd, mask], 2 * place)
      this.told(watched)
    }
    return found.length
  }

  /** What is to be told now. */
  protected found(): [fd: number, mask: number, watched: Watched][] {
    return [...this.watched].flatMap(([fd, watched]) => {
      if (watched.spent) return []
      if (watched.events & EDGE_TRIGGERED && watched.reported === watched.file?.edges) return []
      const mask = this.maskOf(fd, watched)
      return mask === 0 ? [] : [[fd, mask, watched]]
    })
  }

  protected told(watched: Watched): void {
    watched.reported = watched.file?.edges
    if (watched.events & EVENT_PRIORITY) watched.file?.look?.()
    watched.spent = (watched.events & ONE_SHOT) !== 0
  }

  protected maskOf(fd: number, { events, file }: Watched): number {
    const present = this.kernel.file(fd)
    const wanted = events & this.supports.events
    if (this.supports.closed === 'forgotten' && present !== file) return 0
    const how = file === undefined ? this.supports.unopened : this.supports.closed
    if (file === undefined && how === 'forgotten') return 0
    if (present === undefined) return how === 'ready' ? wanted : -EBADF
    const hungUp = this.supports.hangUp && present.hungUp()
    const ready = present.ready() | (hungUp ? READ_WRITE | EVENT_PRIORITY : 0)
    return ready & wanted || (hungUp ? wanted & (EVENT_HANGUP | EVENT_ERROR) : 0)
  }
}
