import assert from 'node:assert/strict'
import { getSystemErrorName } from 'node:util'
import type { Ready } from '../contract/ready.js'
import type { SelectorKey } from '../contract/selector-key.js'
import { stopwatch, timed } from './clock.js'
import type { Selector } from './fixture.js'

// By name and code, because there may be several instances of the classes.
export const valueError = { name: 'ValueError', code: 'ERR_SELECTOR_VALUE' }
export const keyError = { name: 'KeyError', code: 'ERR_SELECTOR_KEY' }
export const closedError = { name: 'SelectorClosedError', code: 'ERR_SELECTOR_CLOSED' }
export const busyError = { name: 'SelectorBusyError', code: 'ERR_SELECTOR_BUSY' }

/** What a number that is not open is called; Windows waits for sockets only. */
export const NOT_OPEN = ['EBADF', 'ENOTSOCK']

/** Generous: how long something may take on a busy machine that takes no time. */
export const SOON = 2

/** Seconds of the processor's time in a wait of 0.2 s that does nothing. What spins gets more, also on a busy machine. */
export const IDLE = 0.02

/** Asserts that the system refused a call about `fd`, with one of these codes and in the shape of Node's own errors. */
export function assertSystemError(call: () => unknown, codes: readonly string[], fd: number): void {
  assert.throws(call, (error: Record<'name' | 'code' | 'syscall' | 'message', string> & { errno: number }) => {
    assert.equal(error.name, 'SystemError')
    assert.ok(codes.includes(error.code), `${error.code} is none of ${codes}`)
    assert.equal(getSystemErrorName(error.errno), error.code)
    assert.match(error.syscall, /^\w+$/)
    for (const part of [error.code, error.syscall, String(fd)]) assert.ok(error.message.includes(part), error.message)
    return true
  })
}

/** Asserts that a batch holds exactly these pairs of a key and a mask, in any order. */
export function assertReady(batch: readonly Ready[], ...expected: readonly (readonly [SelectorKey, number])[]): void {
  assert.deepEqual(inOrder(batch), inOrder(expected))
  const keys = new Set(batch.map(([key]) => key))
  for (const [key] of expected) assert.ok(keys.has(key), `another key object for fd ${key.fd}`)
}

function inOrder(batch: readonly (readonly [SelectorKey, number])[]): { fd: number; mask: number }[] {
  return batch.map(([{ fd }, mask]) => ({ fd, mask })).sort((a, b) => a.fd - b.fd || a.mask - b.mask)
}

/**
 * Selects until a batch is as expected, for what was written may take a moment to arrive.
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

/** Asserts that nothing is reported, and that the timeout is waited out: strict below, generous above. */
export function assertWaits(selector: Selector, timeout: number): void {
  const [batch, seconds] = timed(() => selector.select(timeout))
  assertReady(batch)
  assert.ok(seconds >= timeout, `${timeout} s were over after ${seconds} s`)
  assert.ok(seconds < timeout + SOON, `${timeout} s took ${seconds} s`)
}

/** Asserts that nothing that can be observed of a selector is changed by a refused call. */
export function assertUnchanged(selector: Selector, refusedCall: () => void): void {
  const [keys, batch] = [[...selector.getMap()], selector.select(0)]
  refusedCall()
  const after = [...selector.getMap()]
  assert.equal(selector.getMap().size, keys.length)
  assert.deepEqual(
    after.map(([fd]) => fd),
    keys.map(([fd]) => fd),
  )
  for (const [i, [, key]] of keys.entries()) assert.equal(after[i]?.[1], key)
  assertReady(selector.select(0), ...batch)
}
