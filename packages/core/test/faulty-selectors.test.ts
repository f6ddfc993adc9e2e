import { setTimeout } from 'node:timers/promises'
import { isNativeError } from 'node:util/types'
import { conformance } from '@selectors/core/conformance'
import { collect, type Test } from './collector'
import { FakePoller } from './fake-poller'
import { FakeSelector, fakeSubject, likeEpoll } from './fake-selector'
import { args, withEvents, withFileObject } from './faulty/arguments'
import { closing } from './faulty/closing'
import { eventful } from './faulty/eventful'
import type { Fault } from './faulty/fault'
import { lookingUp, withMap } from './faulty/looking-up'
import { modifying } from './faulty/modifying'
import { registering } from './faulty/registering'
import { selecting, withBatch, withTimeout } from './faulty/selecting'
import { waiting } from './faulty/waiting'

/** Milliseconds that a test may take. What a fault makes wait for ever is found by that. */
const LONGEST = 4000
const LONGEST_OF_A_FAULT = 1000

const faults = {
  registering,
  modifying,
  selecting,
  waiting,
  'looking up': lookingUp,
  arguments: args,
  closing,
  'events and modes': eventful,
}

for (const [about, table] of Object.entries(faults)) {
  describe(`the suite finds a selector, wrong in ${about}, that`, () => {
    it.each(table)('$fault, in the group "$group"', async (fault) => {
      expect(isNativeError(await firstFailure(testsOf(fault), LONGEST_OF_A_FAULT))).toBe(true)
    })
  })
}

/** What the faults are made with, without a fault. */
const harmless: readonly Fault[] = [
  { fault: 'map', group: 'getMap()', selector: withMap(() => ({})) },
  { fault: 'map', group: 'iteration', selector: withMap(() => ({})) },
  { fault: 'batch', group: 'select()', selector: withBatch((batch) => [...batch]) },
  { fault: 'batch', group: 'readiness', selector: withBatch((batch) => [...batch]) },
  { fault: 'timeout', group: 'timeouts', poller: withTimeout((timeout) => timeout) },
  { fault: 'events', group: 'bad input', selector: withEvents((events) => events) },
  { fault: 'file object', group: 'file objects', selector: withFileObject((fileobj) => fileobj) },
]

it.each(harmless)('has nothing against a $fault that is passed on as it is, in the group "$group"', async (none) => {
  expect(await firstFailure(testsOf(none), LONGEST)).toBeUndefined()
})

/** The tests of the group that is about a fault. */
function testsOf({ selector = FakeSelector, poller = FakePoller, supports = likeEpoll, group }: Fault): Test[] {
  const subject = fakeSubject(supports, selector, poller)
  const tests = collect((runner) => conformance(subject, runner)).filter(({ path }) => path.includes(group))
  expect(tests).not.toHaveLength(0)
  return tests
}

async function firstFailure(tests: readonly Test[], limit: number): Promise<unknown> {
  for (const test of tests) {
    try {
      await inTime(test, limit)
    } catch (error) {
      return error
    }
  }
  return undefined
}

async function inTime(test: Test, longest: number): Promise<void> {
  const limit = new AbortController()
  const late = setTimeout(longest, undefined, limit).then(() => Promise.reject(new Error(`${test.path} does not end`)))
  try {
    await Promise.race([test.run(), late])
  } finally {
    late.catch(() => {})
    limit.abort()
  }
}
