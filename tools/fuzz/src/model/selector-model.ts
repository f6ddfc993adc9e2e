import type { Ready, Supports } from '@selectors/core'
import { Mismatch, maskName, named, shown } from '../mismatch.js'
import { type FileModel, ForeignFile } from './file.js'
import { allows, type Expectation, type Registration } from './registration.js'
import { Stale } from './stale.js'

/** What is edge-triggered for whom, by file. */
export type Edges = ReadonlyMap<FileModel, number>

/** What a selector has to do: pure, it knows files by their models only. */
export class SelectorModel {
  readonly supports: Supports
  readonly takesAny: boolean
  readonly registrations = new Map<number, Registration>()
  isClosed = false
  /** The next wait has to end early. */
  isWoken = false
  /** The asynchronous wait has to end early. */
  isOwed = false
  /** An asynchronous wait is pending. */
  isPending = false
  /** It takes no time, so that it is as good as over. */
  isMomentary = false
  /** An asynchronous wait goes on, or its helper thread has not noticed yet that it was given up. */
  isLooking = false
  /** That wait may have come upon a closed descriptor, whose number is another file's now. */
  mayHaveRefused = false
  readonly #stale: Stale
  /** The file that a number belongs to now. */
  readonly fileAt: (fd: number) => FileModel | undefined

  constructor(supports: Supports, takesAny: boolean, fileAt: (fd: number) => FileModel | undefined) {
    this.supports = supports
    this.takesAny = takesAny
    this.fileAt = fileAt
    this.#stale = new Stale(supports)
  }

  expected(registration: Registration): Expectation {
    registration.isTouched ||= !this.#stale.isEmpty
    return registration.expected(this.fileAt(registration.key.fd), this.supports, this.takesAny)
  }

  /** What a wait finds for certain. */
  get certain(): Registration[] {
    return [...this.registrations.values()].filter((one) => !allows(this.expected(one), 0))
  }

  /** Whether a wait may find anything. */
  get findsNothing(): boolean {
    return [...this.registrations.values()].every((one) => {
      const { masks, found } = this.expected(one)
      return found === 0 && masks.size === 1 && masks.has(0)
    })
  }

  /** Whether its own descriptor is readable for certain. */
  get isReadable(): boolean {
    return this.certain.some(({ isConsumed }) => !isConsumed)
  }

  /** Whether that may be readable, as the BSDs' and that of an always ready file may be for what is over. */
  get mayBeReadable(): boolean {
    const isOver =
      !this.supports.hangUp || !this.#stale.isEmpty || [...this.registrations.values()].some((one) => one.wasClosed)
    return this.isWoken || isOver || !this.findsNothing
  }

  /** The closed descriptors for which a wait is refused. */
  get refused(): number[] {
    return this.#closedOnes.filter(({ found }) => found === 0).map(({ key }) => key.fd)
  }

  /** Whether one is refused or finds what an asynchronous one has found, and so uses up. */
  get isRefusing(): boolean {
    return this.#closedOnes.length > 0
  }

  /** Whether one may be refused: the number of a closed descriptor may be in use for a moment. */
  get mayRefuse(): boolean {
    return this.isRefusing || this.#awaited.some(({ key }) => this.fileAt(key.fd) instanceof ForeignFile)
  }

  get #closedOnes(): Registration[] {
    return this.#awaited.filter(({ key }) => this.fileAt(key.fd) === undefined)
  }

  /** Those whose end refuses a wait. */
  get #awaited(): Registration[] {
    if (this.supports.closed !== 'refused') return []
    return [...this.registrations.values()].filter(({ isArmed }) => isArmed)
  }

  /** The system has added or modified it. */
  add(registration: Registration): void {
    this.registrations.set(registration.key.fd, registration)
    this.#stale.replace(registration)
    this.asked()
  }

  /** It was unregistered, or refused by `modify()`. */
  remove(fd: number): void {
    this.registrations.delete(fd)
    this.asked()
  }

  wakeUp(): void {
    this.isWoken = true
    this.isOwed = this.isPending && !this.isMomentary
  }

  beginWait(timeout: number | null | undefined): void {
    this.isPending = this.isLooking = true
    this.mayHaveRefused = false
    this.isMomentary = timeout === 0
    this.isOwed = this.isWoken && !this.isMomentary
    this.look()
  }

  endWait(): void {
    this.isPending = this.isOwed = this.isLooking = false
  }

  /** The wait has not ended by itself, so that its helper thread does not know. */
  giveUp(): void {
    this.endWait()
    this.isLooking = true
    this.look()
  }

  /** The system was asked something, before which a helper thread leaves it. */
  asked(): void {
    this.isLooking = this.isPending
  }

  close(): void {
    this.isClosed = true
    this.isWoken = false
    this.endWait()
    this.registrations.clear()
  }

  /** Something has happened to the files of a connection. */
  happened(connection: object, edges: Edges): void {
    for (const one of this.registrations.values()) {
      const file = this.supports.closed === 'forgotten' ? one.file : this.fileAt(one.key.fd)
      if (file?.connection !== connection) continue
      one.isTouched = true
      one.due |= one.key.events & (edges.get(file) ?? 0)
    }
    this.look()
  }

  /** An asynchronous wait may look at any time. */
  look(): void {
    if (!this.isLooking) return
    this.mayHaveRefused ||= this.mayRefuse
    for (const one of this.registrations.values()) {
      one.isTouched ||= !this.#stale.isEmpty
      one.look(this.fileAt(one.key.fd), this.supports, this.takesAny)
    }
  }

  /** A descriptor was closed. @param lingers whether its file may live on for a moment */
  closed(fd: number, file: FileModel, lingers: boolean): void {
    const closed = this.registrations.get(fd)
    if (closed !== undefined) closed.wasClosed = true
    for (const one of this.registrations.values()) if (one === closed || one.file === file) one.lingers ||= lingers
    if (closed !== undefined && (file.isOpen || lingers)) this.#stale.add(closed)
  }

  /** Checks what a wait has found, and takes note of it. @throws {Mismatch} */
  found(batch: readonly Ready[], timedOut: boolean, wasWoken: boolean): void {
    const masks = new Map<number, number>()
    for (const [key, mask] of batch) {
      if (masks.has(key.fd)) throw new Mismatch(`fd ${key.fd} is reported twice`)
      this.delivered(key, mask)
      masks.set(key.fd, mask)
    }
    for (const one of this.registrations.values()) {
      if (masks.has(one.key.fd)) continue
      const expectation = this.expected(one)
      if (!allows(expectation, 0))
        throw new Mismatch(`${named(one.key)} is not reported, but is ready for ${shown(expectation)}`)
      one.rest(this.fileAt(one.key.fd))
    }
    for (const fd of masks.keys()) this.registrations.get(fd)?.report()
    if (this.#stale.renew(this.registrations)) for (const one of this.registrations.values()) one.isTouched = true
    this.look()
    const isOver = batch.length === 0 && !wasWoken
    if (timedOut !== isOver)
      throw new Mismatch(
        `timedOut is ${timedOut} after a wait that ${isOver ? 'found nothing' : 'was woken, or found something'}`,
      )
  }

  /** Checks one entry. @throws {Mismatch} */
  delivered(key: Ready[0], mask: number): Registration {
    const registration = this.registrations.get(key.fd)
    if (registration?.key !== key) throw new Mismatch(`${named(key)} is reported, which is no registered key`)
    const expectation = this.expected(registration)
    if (mask === 0 || !allows(expectation, mask))
      throw new Mismatch(`${named(key)} is reported for ${maskName(mask)}, not for ${shown(expectation)}`)
    return registration
  }
}
