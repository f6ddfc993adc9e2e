import { AsyncResource } from 'node:async_hooks'
import { constants } from 'node:os'
import { onAbort } from '../contract/abortion.js'
import { SelectorBusyError } from '../contract/errors.js'
import type { Poller } from '../poller.js'
import { Countdown } from './countdown.js'
import { check } from './poller-refusals.js'

/** The wait that is going on. */
interface Pending<Item> {
  readonly owner: object | undefined
  readonly resolve: (batch: Item[]) => void
  readonly reject: (reason: unknown) => void
  readonly signal: AbortSignal | undefined
  readonly resource: AsyncResource
  countdown?: Countdown
  look?: Countdown | undefined
  forgetSignal?: () => void
}

/** What tools that look for open handles see of a wait, such as jest's `--detectOpenHandles`: the event loop's own handle is hidden. */
class WaitResource extends AsyncResource {
  readonly hasRef: () => boolean

  constructor(hasRef: () => boolean) {
    super('SELECTORWAIT', { requireManualDestroy: true })
    this.hasRef = hasRef
  }
}

/** Waits for a poller without blocking the thread, one wait at a time. */
export class AsyncWait<Item> {
  readonly #poller: Poller
  readonly #read: () => Item[] | undefined
  #pending: Pending<Item> | undefined
  #keepAlive = true

  /**
   * @param read returns what is ready, without waiting, or `undefined` if the wait is to go on
   */
  constructor(poller: Poller, read: () => Item[] | undefined) {
    this.#poller = poller
    this.#read = read
  }

  /**
   * Resolves to what is ready, in a later turn of the event loop.
   *
   * @param timeout seconds, as a poller takes them: 0 does not wait, a negative number waits forever
   * @param owner who alone may {@link cancelOf} it
   */
  start(timeout: number, signal: AbortSignal | undefined, owner?: object): Promise<Item[]> {
    return new Promise((resolve, reject) => {
      if (this.#pending !== undefined) {
        throw new SelectorBusyError('The selector is being waited for already: await that first, or abort it')
      }
      signal?.throwIfAborted()
      const resource = new WaitResource(() => this.#keepAlive)
      const pending: Pending<Item> = { owner, resolve, reject, signal, resource }
      this.#pending = pending
      try {
        if (signal !== undefined) pending.forgetSignal = onAbort(signal, this.#onAbort)
        if (timeout !== 0) this.#arm()
        if (timeout >= 0) pending.countdown = new Countdown(timeout, this.#onTimeout, this.#keepAlive)
      } catch (error) {
        this.cancel(error)
      }
    })
  }

  /** Has the wait look in a later turn of the event loop, for something that the poller does not know of. */
  lookSoon(): void {
    const pending = this.#pending
    if (pending !== undefined) pending.look ??= new Countdown(0, this.#onLook, this.#keepAlive)
  }

  /** Whether there is a wait. */
  get isPending(): boolean {
    return this.#pending !== undefined
  }

  /** Ends the wait, if there is one. */
  cancel(reason: unknown): void {
    this.#settle((pending) => pending.reject(reason))
  }

  /** Ends the wait if this owner started it. */
  cancelOf(owner: object): void {
    if (this.#pending?.owner === owner) this.cancel(undefined)
  }

  /** Whether a wait keeps the event loop alive, now and later; at first it does. */
  set keepAlive(on: boolean) {
    this.#keepAlive = on
    this.#poller.keepAlive?.(on)
    this.#pending?.countdown?.keepAlive(on)
  }

  get keepAlive(): boolean {
    return this.#keepAlive
  }

  #arm(): void {
    check(this.#poller.arm?.(this.#onReady) ?? -constants.errno.ENOTSUP, 'selectAsync')
  }

  readonly #onReady = (): void => {
    if (this.#pending === undefined) return
    try {
      const batch = this.#read()
      if (batch === undefined) this.#arm()
      else this.#resolve(batch)
    } catch (error) {
      this.cancel(error)
    }
  }

  /** Unlike `#onReady`, it is still armed. */
  readonly #onLook = (): void => {
    if (this.#pending !== undefined) this.#pending.look = undefined
    try {
      const batch = this.#read()
      if (batch !== undefined) this.#resolve(batch)
    } catch (error) {
      this.cancel(error)
    }
  }

  readonly #onTimeout = (): void => {
    // Its own look ends by a wake-up that a blocking wait has taken as well.
    this.#poller.disarm?.(true)
    try {
      this.#resolve(this.#read() ?? [])
    } catch (error) {
      this.cancel(error)
    }
  }

  readonly #onAbort = (): void => {
    this.cancel(this.#pending?.signal?.reason)
  }

  #resolve(batch: Item[]): void {
    this.#settle((pending) => pending.resolve(batch))
  }

  /** Ends the wait first: code of the program's that fails below must not leave it pending for ever. */
  #settle(end: (pending: Pending<Item>) => void): void {
    const pending = this.#pending
    this.#pending = undefined
    if (pending !== undefined) end(pending)
    this.#poller.disarm?.()
    pending?.countdown?.cancel()
    pending?.look?.cancel()
    pending?.forgetSignal?.()
    pending?.resource.emitDestroy()
  }
}
