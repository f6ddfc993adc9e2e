import { isDeepStrictEqual } from 'node:util'

interface Outcome {
  readonly value?: unknown
  readonly code?: string
  readonly [property: string]: unknown
}

export interface Result {
  readonly name: string
  /** The part of the selector, or the call, that errors name. */
  readonly syscall?: string
  /** The module whose call failed; `the system` if the process may open only so many more as `which` says. */
  readonly by: string
  readonly call: string
  /** The how manieth call of the operation failed, from 0. */
  readonly which: number
  readonly code: string
  /** How many failed in a row at most. */
  readonly times: number
  /** What the operation does when nothing fails. */
  readonly usual: { readonly outcome: Outcome; readonly after: unknown; readonly wrong: readonly string[] }
  readonly outcome: Outcome
  /** How many calls failed. */
  readonly failed: number
  readonly fd?: number
  /** What was registered, before and after the operation. */
  readonly before: unknown
  readonly after: unknown
  /** What the selector did wrong afterwards. */
  readonly wrong: readonly string[]
  /** How many descriptors there were more when all was closed. */
  readonly left: number
}

const names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  epoll: { open: 'epoll_create1', control: 'epoll_ctl', wait: 'epoll_wait' },
  poll: { wait: 'poll', control: 'poll' },
  select: { wait: 'select', control: 'select' },
}

const lacks = ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC']
const waits = ['epoll_wait', 'syscall', 'poll', 'ppoll', 'pselect']
const isWait = ({ call }: Result) => waits.includes(call)
const isAsynchronous = ({ name }: Result) => /Async|await|during a wait|of a wait/.test(name)

/** Where an operation does what it would do if nothing had failed. */
const tolerated: readonly [why: string, when: (result: Result) => boolean][] = [
  ['a signal interrupts nothing', ({ code }) => code === 'EINTR'],
  ['what close(2) refused is closed', ({ call }) => call === 'close'],
  ['a system that is too old, or a filter of its calls', ({ code }) => code === 'ENOSYS' || code === 'EPERM'],
  [
    'what cannot be looked at is taken for what it was',
    ({ call, name, which }) => call === 'fstat' && (name !== 'register() of a regular file' || which > 0),
  ],
  ['nothing refuses these', (result) => result.syscall === undefined && !isWait(result)],
  [
    'what was exclusive, or is to be, is registered anew',
    ({ name, which, code, times }) =>
      ['modify()', 'modify() of what is exclusive'].includes(name) && which === 0 && code === 'EINVAL' && times === 1,
  ],
  [
    'what is ready is reported, though the set cannot be rebuilt',
    ({ name, call }) => /stale registration,/.test(name) && ['epoll_create1', 'epoll_ctl'].includes(call),
  ],
]

/** What an error says to do. */
const remedies: Readonly<Record<string, string>> = {
  EAGAIN: 'needs a thread',
  EMFILE: 'the process has no descriptor left',
  ENFILE: 'the system has no descriptor left',
}

/** It was never in the set, from which it is to be removed. */
const codeTold = ({ name, code, times }: Result) =>
  name === 'modify() of a regular file' && code === 'EINVAL' && times === 1 ? 'EPERM' : code

/** The queue is there, and may not wait for the set. */
const isFull = ({ name, code }: Result) => name === 'fileno()' && ['EINVAL', 'ENOSPC'].includes(code)

/** Where it may do that too: a thread waits where the event loop cannot, or has met with the failure and left it to the look that follows. */
const mayGoOn = (result: Result) =>
  result.by === 'the system' ||
  (isAsynchronous(result) && (isWait(result) || result.by === '' || result.call.startsWith('epoll')))

/** Before epoll_ctl(2) refuses a file for what waits for it, it looks whether the set has it: of one that it has, EINVAL would not be true. */
export function isTrue({ name, call, which, code }: Result): boolean {
  const looksForFile = /stale registration(, with what is ready)?$/.test(name) && call === 'epoll_ctl' && which === 0
  return !(looksForFile && code === 'EINVAL')
}

/** How often a wait repeats its calls is a matter of time, so that a late one may not come. The first ones do. */
export function happened({ failed }: Result): boolean {
  return failed > 0
}

export function isExpected(result: Result, backend: string): boolean {
  const { outcome, usual, syscall = '', fd, after } = result
  const isUsual = isDeepStrictEqual(outcome, usual.outcome) && isDeepStrictEqual(after, usual.after)
  if (tolerated.some(([, when]) => when(result))) return isUsual
  if (outcome.code === undefined) return isUsual && mayGoOn(result)
  const own = names[backend] ?? {}
  const wanted = isWait(result) ? own.wait : isFull(result) ? own.control : (own[syscall] ?? syscall)
  const culprit = syscall === 'control' && !isWait(result) ? `fd ${fd}` : ''
  return (
    outcome.name === 'SystemError' &&
    outcome.code === codeTold(result) &&
    outcome.syscall === wanted &&
    [culprit, remedies[result.code] ?? ''].every((words) => String(outcome.message).includes(words)) &&
    isDeepStrictEqual(after, keysAfter(result))
  )
}

/** In one line. */
export function tell({ name, call, which, code, times }: Result, what: unknown): string {
  return `${name}, ${call} ${which} fails ${times} times with ${code}: ${JSON.stringify(what)}`
}

function keysAfter(result: Result): unknown {
  if (isWait(result)) return result.usual.after
  // What it had is restored, unless that fails as well.
  const isRestored = lacks.includes(result.code) && (result.times === 1 || result.call !== 'epoll_ctl')
  return result.name.startsWith('modify()') && !isRestored ? [] : result.before
}
