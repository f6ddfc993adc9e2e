import { EVENT_ERROR, EVENT_HANGUP, EVENT_PRIORITY, EVENT_READ, EVENT_WRITE, type Supports } from '@selectors/core'

/** Beside the EVENT_* bits of a state: poll(2) calls it POLLHUP or POLLERR, and reports it whatever was asked for. */
export const GONE = 1 << 30

const ENDS = EVENT_HANGUP | EVENT_ERROR

/** What a file is ready for: EVENT_* bits and {@link GONE}, of which `must` are certain. Others of `may` depend on the kernel's mood. */
export interface State {
  readonly must: number
  readonly may: number
}

/** How sure something is. */
export type Certainty = 'no' | 'perhaps' | 'yes'

/** Composes a state of bits, each as certain as it is. */
export function stateOf(...parts: readonly (readonly [bits: number, is: Certainty])[]): State {
  let [must, may] = [0, 0]
  for (const [bits, is] of parts) {
    if (is === 'yes') must |= bits
    if (is !== 'no') may |= bits
  }
  return { must, may: must | may }
}

/** The masks that a selector may report of a file: one for each state that the file may be in, 0 where nothing is reported. */
export function masksOf(state: State, events: number, supports: Supports): Set<number> {
  const { must, may } = supports.hangUp ? state : supports.fileno ? byFilters(state) : bySets(state)
  const uncertain = may & ~must
  const masks = new Set<number>()
  // Every subset of the uncertain bits.
  for (let subset = uncertain; ; subset = (subset - 1) & uncertain) {
    masks.add(maskOf(must | subset, events & supports.events))
    if (subset === 0) return masks
  }
}

/** As docs/events.md has it: an error and a hang-up count as everything, and either stands for the other where nothing else is left. */
function maskOf(bits: number, wanted: number): number {
  const gone = (bits & GONE) !== 0
  const ready = (gone ? bits | EVENT_READ | EVENT_WRITE | EVENT_PRIORITY : bits) & wanted
  return ready === 0 && gone ? wanted & ENDS : ready
}

/** select(2) of Linux: an error is in the sets for reading and writing, a hang-up in the one for reading. */
function bySets({ must, may }: State): State {
  const found = (bits: number) => (bits & GONE ? EVENT_READ : 0) | (bits & EVENT_ERROR ? EVENT_WRITE : 0)
  return { must: (must & ~GONE) | found(must), may: (may & ~GONE) | found(may) }
}

/**
 * kqueue(2). Its end of a stream is found by the filter for urgent data too, and stands for an error where nothing else was asked for;
 * what an error is depends on the system.
 */
function byFilters({ must, may }: State): State {
  if ((may & GONE) === 0) return { must, may: may & EVENT_HANGUP ? may | EVENT_ERROR | EVENT_PRIORITY : may }
  return { must: must & ~(EVENT_ERROR | GONE), may: (may & ~GONE) | EVENT_READ | EVENT_WRITE | ENDS }
}
