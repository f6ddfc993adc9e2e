import { constants } from 'node:os'
import { EVENT_READ, EVENT_WRITE } from '@selectors/core'
import type * as devpollEmulation from '@selectors/devpoll-emulation'
import type { DevpollSelector } from './devpoll-selector'

const emulated = process.platform === 'linux'

/** Describes what looks into the kernel or makes it fail, which only the emulation allows. */
export const describeEmulated = emulated ? describe : describe.skip

const control: typeof devpollEmulation = emulated && require('@selectors/devpoll-emulation')

const calls = ['open', 'write', 'ioctl'] as const
export type Call = (typeof calls)[number]

/** How a system call is to fail. */
export interface Failure {
  readonly call: Call
  /** The name of an error; `short` is a write that takes fewer bytes than it was given. */
  readonly code: keyof typeof constants.errno | 'short'
  /** How many calls of its kind succeed before; 0 when left out. */
  readonly skipped?: number
  /** How many fail; 1 when left out. */
  readonly times?: number
  /** How many entries the first write applies before it fails; 0 when left out. */
  readonly applied?: number
}

export function fail({ call, code, skipped = 0, times = 1, applied = 0 }: Failure): void {
  control.arm(calls.indexOf(call), skipped, times, code === 'short' ? 0 : constants.errno[code], applied)
}

export const failNoMore = (): void => control.disarm()

/** Answers how many system calls of this kind there have been. */
export const countOf = (call: Call): number => control.count(calls.indexOf(call))

/** The descriptors of all sets that are open. */
export const openSets = (): number[] => control.devices()

const POLLIN = 1
const POLLOUT = 4

/** Answers what the system watches for a selector, as `[fd, events]`. */
export function watchedBy(selector: DevpollSelector): [fd: number, events: number][] {
  const numbers = control.watched(selector.fileno())
  return Array.from({ length: numbers.length / 2 }, (_, i) => {
    const polled = numbers[2 * i + 1] as number
    return [numbers[2 * i] as number, (polled & POLLIN ? EVENT_READ : 0) | (polled & POLLOUT ? EVENT_WRITE : 0)]
  })
}
