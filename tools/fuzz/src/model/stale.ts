import { EDGE_TRIGGERED, ONE_SHOT, type Supports } from '@selectors/core'
import type { Registration } from './registration.js'
import { masksOf } from './state.js'

/** What lives on in epoll's set after it was closed. Once that is found, the set is made anew, and everything in it is an edge. */
export class Stale {
  #all: Registration[] = []
  readonly #supports: Supports

  constructor(supports: Supports) {
    this.#supports = supports
  }

  get isEmpty(): boolean {
    return this.#all.length === 0
  }

  /** @param registration what was closed; the BSDs are rid of it at once */
  add(registration: Registration): void {
    const { closed, hangUp } = this.#supports
    if (closed === 'forgotten' && hangUp) this.#all.push(registration)
  }

  /** The same file was added again under the same number, or modified: that is one entry of the set. */
  replace({ key, file }: Registration): void {
    this.#all = this.#all.filter((one) => one.key.fd !== key.fd || one.file !== file)
  }

  /** A wait is over, which has found it if it was ready for certain. Returns whether there is a new set. */
  renew(registrations: ReadonlyMap<number, Registration>): boolean {
    if (!this.#all.some((one) => this.#isFound(one, registrations))) return false
    this.#all = []
    return true
  }

  /** What is registered still is reported as what it was. */
  #isFound(one: Registration, registrations: ReadonlyMap<number, Registration>): boolean {
    const { key, file } = one
    const isLevel = (key.events & (EDGE_TRIGGERED | ONE_SHOT)) === 0
    if (registrations.get(key.fd) === one || !isLevel || !file?.isOpen) return false
    return !masksOf(file.state, key.events, this.#supports).has(0)
  }
}
