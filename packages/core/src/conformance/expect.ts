import assert from 'node:assert/strict'
import { getSystemErrorName, inspect, isDeepStrictEqual } from 'node:util'
import { isNativeError } from 'node:util/types'
import type { Ready } from '../contract/ready.js'
import type { SelectorKey } from '../contract/selector-key.js'
import type { Supports } from '../contract/supports.js'
import { EVENT_READ, EVENT_WRITE } from '../program.js'
import type { Child } from './child.js'
import { processorTime, stopwatch, timed } from './clock.js'
import type { Selector } from './fixture.js'

// By name and code, because there may be several instances of the classes.
export const valueError = { name: 'ValueError', code: 'ERR_SELECTOR_VALUE' }
export const keyError = { name: 'KeyError', code: 'ERR_SELECTOR_KEY' }
export const closedError = { name: 'SelectorClosedError', code: 'ERR_SELECTOR_CLOSED' }
export const busyError = { name: 'SelectorBusyError', code: 'ERR_SELECTOR_BUSY' }

/** The error codes for a number that is not open; Windows waits for sockets only. */
export const NOT_OPEN = ['EBADF', 'ENOTSOCK']

/** Generous: how long something that takes no time may take on a busy machine. */
export const SOON = 2

/**
 * Fails if a wait in which nothing happens takes processor time all the same. What the process does besides, such as collecting garbage,
 * it does not do each time, and it does not grow with the wait; a loop that spins has its share of the processor even on a busy
 * machine, where others have the rest.
 */
export async function assertIdle(wait: (seconds: number) => unknown): Promise<void> {
  for (const seconds of [0.2, 0.2, 1, 1]) if ((await processorTime(() => wait(seconds))) < seconds / 20) return
  assert.fail('A wait in which nothing happened took more than a twentieth of its time on the processor')
}

/** Properties of an error, where a RegExp has to match and all else has to be equal; or a function that says whether it is the one. */
type Expected = Readonly<Record<string, unknown>> | ((thrown: never) => unknown)

/** Asserts that two values are the same by Object.is; the message names `actual` by its source. */
export function assertEqual(actual: () => unknown, expected: unknown): void {
  const value = actual()
  if (!Object.is(value, expected))
    fail(`${sourceOf(actual)} is ${shown(value)}, not ${shown(expected)}`, value, expected)
}

/** Asserts that a call throws a certain error. */
export function assertThrows(call: () => unknown, expected: Expected): void {
  let result: unknown
  try {
    result = call()
  } catch (thrown) {
    assertIs(thrown, expected, `${sourceOf(call)} threw`)
    return
  }
  fail(`${sourceOf(call)} threw nothing and returned ${shown(result)}, where ${called(expected)} was expected`, result)
}

/** Asserts that a promise is rejected, with a certain error. */
export async function assertRejects(promise: Promise<unknown>, expected: Expected): Promise<void> {
  let result: unknown
  try {
    result = await promise
  } catch (thrown) {
    assertIs(thrown, expected, 'the promise was rejected with')
    return
  }
  fail(
    `the promise was resolved with ${shown(result)}, where a rejection with ${called(expected)} was expected`,
    result,
  )
}

/**
 * Asserts that the system refused a call about `fd`, with one of these codes and in the shape of Node's own errors.
 *
 * @param word the field of `supports` that says so, where one does
 */
export function assertSystemError(
  call: () => unknown,
  codes: readonly string[],
  fd: number,
  word?: keyof Supports,
): void {
  const why = `expected a SystemError ${codes.join(' or ')} about fd ${fd}${word ? `, as supports.${word} says` : ''}`
  let result: unknown
  try {
    result = call()
  } catch (thrown) {
    const { name, code, errno, syscall, message } = Object(thrown) as Record<string, unknown>
    const check = (right: boolean, what: string) =>
      right || fail(`${sourceOf(call)} threw ${shown(thrown)}${what}: ${why}`, thrown)
    check(name === 'SystemError' && codes.includes(String(code)), '')
    check(
      typeof errno === 'number' && getSystemErrorName(errno) === code,
      `, whose errno ${shown(errno)} is another error`,
    )
    check(typeof syscall === 'string' && /^\w+$/.test(syscall), ', whose syscall is none')
    for (const part of [code, syscall, fd])
      check(String(message).includes(String(part)), `, whose message does not name ${part}`)
    return
  }
  fail(`${sourceOf(call)} threw nothing and returned ${shown(result)}: ${why}`, result)
}

/** Asserts how a child process or a worker thread ends: with an exit code, `null` where a signal ended it. */
export async function assertEnds(child: Child, code: number): Promise<void> {
  const ended = await child.ended
  if (ended !== code)
    fail(`the child ended with ${ended === null ? 'a signal' : `the code ${ended}`}, not with the code ${code}`)
}

/** Asserts what a child process or a worker thread says next. */
export async function assertSays(child: Child, expected: unknown): Promise<void> {
  const said = await child.message()
  if (!isDeepStrictEqual(said, expected)) fail(`the child said ${shown(said)}, not ${shown(expected)}`, said, expected)
}

/** Asserts that a batch holds exactly these pairs of a key and a mask, in any order. */
export function assertReady(batch: readonly Ready[], ...expected: readonly (readonly [SelectorKey, number])[]): void {
  const [found, wanted] = [inOrder(batch), inOrder(expected)]
  if (found !== wanted) fail(`${found} is ready, not ${wanted}`, found, wanted)
  const keys = new Set(batch.map(([key]) => key))
  for (const [key] of expected) assert.ok(keys.has(key), `another key object for fd ${key.fd} than was registered`)
}

/** Asserts that two masks are equal, and names their events. */
export function assertMask(mask: number, expected: number, what = 'the mask'): void {
  if (mask !== expected) fail(`${what} is ${eventsOf(mask)}, not ${eventsOf(expected)}`, mask, expected)
}

/** Names the events of a mask: `EVENT_READ|EVENT_WRITE`. */
export function eventsOf(mask: number): string {
  const names = Object.entries({ EVENT_READ, EVENT_WRITE }).filter(([, event]) => mask & event)
  const rest = mask & ~(EVENT_READ | EVENT_WRITE)
  return [...names.map(([name]) => name), ...(rest === 0 ? [] : [rest])].join('|') || 'no event'
}

function inOrder(batch: readonly (readonly [SelectorKey, number])[]): string {
  const pairs = [...batch].sort(([a, first], [b, second]) => a.fd - b.fd || first - second)
  return pairs.map(([{ fd }, mask]) => `fd ${fd} for ${eventsOf(mask)}`).join(', ') || 'nothing'
}

function assertIs(thrown: unknown, expected: Expected, what: string): void {
  const matches = (name: string, value: unknown) => {
    const own = (Object(thrown) as Record<string, unknown>)[name]
    return value instanceof RegExp ? value.test(String(own)) : Object.is(own, value)
  }
  const right =
    typeof expected === 'function'
      ? expected(thrown as never) === true
      : Object.entries(expected).every(([name, value]) => matches(name, value))
  if (!right) fail(`${what} ${shown(thrown)}, where ${called(expected)} was expected`, thrown, expected)
}

function called(expected: Expected): string {
  if (typeof expected === 'function') return `another error, for which ${sourceOf(expected)}`
  const { name = 'an error', code, ...rest } = expected
  const others = Object.entries(rest).map(([property, value]) => `, ${property} ${String(value)}`)
  return `${name}${code === undefined ? '' : ` (${code})`}${others.join('')}`
}

function shown(value: unknown): string {
  if (isNativeError(value) || value instanceof Error) return `${value.name}: ${value.message}`
  return inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY })
}

/** A function's source, in one line. */
function sourceOf(call: (...args: never[]) => unknown): string {
  const source = String(call)
    .replace(/^(async )?\(\)\s*=>\s*/, '')
    .replace(/\s+/g, ' ')
    .replaceAll(/\(0, \w+\.(\w+)\)|\b\w+_js_1\./g, '$1')
  return source.length > 100 ? `${source.slice(0, 99)}…` : source
}

/** Keeps the cause, if there is one. */
function fail(message: string, actual?: unknown, expected?: unknown): never {
  const error = new assert.AssertionError({ message, actual, expected, stackStartFn: fail })
  throw isNativeError(actual) ? Object.assign(error, { cause: actual }) : error
}

/**
 * Selects until a batch is as expected, because what was written may take a moment to arrive.
 *
 * @returns the last batch, whatever it is when time has run out
 */
export function selectUntil(selector: Selector, expected: (batch: readonly Ready[]) => boolean): Ready[] {
  const elapsed = stopwatch()
  let batch = selector.select(0)
  while (!expected(batch) && elapsed() < SOON) batch = selector.select(0.001)
  return batch
}

/** Selects until so many keys are ready. */
export function selectAtLeast(selector: Selector, count: number): Ready[] {
  return selectUntil(selector, (batch) => batch.length >= count)
}

/** Asserts that nothing is reported, and that the whole timeout is waited for: strict below, generous above. */
export function assertWaits(selector: Selector, timeout: number): void {
  const [batch, seconds] = timed(() => selector.select(timeout))
  assertReady(batch)
  assert.ok(seconds >= timeout, `${timeout} s were over after ${seconds} s`)
  assert.ok(seconds < timeout + SOON, `${timeout} s took ${seconds} s`)
}

/** Asserts that a refused call changes nothing that can be observed of a selector. */
export function assertUnchanged(selector: Selector, refusedCall: () => void): void {
  const [keys, batch] = [[...selector.getMap()], selector.select(0)]
  refusedCall()
  const after = [...selector.getMap()]
  assertEqual(() => selector.getMap().size, keys.length)
  assert.deepEqual(
    after.map(([fd]) => fd),
    keys.map(([fd]) => fd),
    'the refused call changed what is registered',
  )
  for (const [i, [, key]] of keys.entries())
    assert.ok(after[i]?.[1] === key, `the refused call changed the key of fd ${key.fd}`)
  assertReady(selector.select(0), ...batch)
}
