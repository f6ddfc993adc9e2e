import type { Supports } from '@selectors/core'
import type { FakePoller } from '../fake-poller'
import type { FakeSelector } from '../fake-selector'

/** A selector that is wrong in one way. */
export interface Fault {
  /** What it does. */
  readonly fault: string
  /** The group of tests that is to find it. */
  readonly group: string
  /** Either class; the other one is correct. */
  readonly selector?: typeof FakeSelector
  readonly poller?: typeof FakePoller
  /** What it says that it can do; like epoll when left out. */
  readonly supports?: Supports
}

/** The arguments of a method, to be passed on. */
export type Args<Method extends 'register' | 'modify'> = Parameters<FakeSelector[Method]>
