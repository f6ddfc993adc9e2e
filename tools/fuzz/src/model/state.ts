import { EVENT_ERROR, EVENT_HANGUP, EVENT_PRIORITY, EVENT_READ, EVENT_WRITE, type Supports } from '@selectors/core'

/** Beside the EVENT_* bits of a state: poll(2) calls it POLLHUP or POLLERR, and reports it whatever was asked for. */
export const GONE = 1 << 30

/** The error is one of a TCP connection: kqueue says no other. */
export const RESET = 1 << 29

/** The end of a pipe, which kqueue tells to writers by the filter for reading on some systems. */
export const PIPE = 1 << 28

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
export function masksOf({ must, may }: State, events: number, supports: Supports): Set<number> {
  const maskOf = supports.hangUp ? byEvents : supports.fileno ? byFilters : bySets
  const uncertain = may & ~must
  const masks = new Set<number>()
  // Every subset of the uncertain bits.
  for (let subset = uncertain; ; subset = (subset - 1) & uncertain) {
    masks.add(maskOf(must | subset, events & supports.events))
    if (subset === 0) return masks
  }
}

/** As docs/events.md has it: an error and a hang-up count as everything, and either stands for the other where nothing else is left. */
function byEvents(bits: number, wanted: number): number {
  const gone = (bits & GONE) !== 0
  const ready = (gone ? bits | EVENT_READ | EVENT_WRITE | EVENT_PRIORITY : bits) & wanted
  return ready === 0 && gone ? wanted & ENDS : ready
}

/** select(2) of Linux: an error is in the sets for reading and writing, a hang-up in the one for reading. */
function bySets(bits: number, wanted: number): number {
  const found = (bits & GONE ? EVENT_READ : 0) | (bits & EVENT_ERROR ? EVENT_WRITE : 0)
  return (bits | found) & wanted
}

/** kqueue(2): ends are found by the filters for reading and writing, of which the first is there for their sake too. */
function byFilters(bits: number, wanted: number): number {
  const error = bits & RESET ? EVENT_ERROR : 0
  let mask = bits & EVENT_PRIORITY
  if (wanted & EVENT_WRITE && bits & (EVENT_WRITE | GONE)) mask |= EVENT_WRITE | error
  const ends = (bits & (EVENT_HANGUP | GONE)) !== 0
  if (!(wanted & (EVENT_READ | ENDS)) || !(ends || bits & EVENT_READ)) return mask & wanted
  const told = EVENT_HANGUP | error | (bits & PIPE ? EVENT_WRITE : 0)
  const found = (EVENT_READ | (ends ? told : 0)) & wanted
  return (mask & wanted) | (found === 0 && ends ? wanted & ENDS : found)
}
