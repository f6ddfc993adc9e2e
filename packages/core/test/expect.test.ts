import { EVENT_READ, EVENT_WRITE, SelectorKey, SystemError, ValueError } from '@selectors/core'
import {
  assertEqual,
  assertMask,
  assertReady,
  assertRejects,
  assertSystemError,
  assertThrows,
  eventsOf,
  valueError,
} from '../dist/conformance/expect'

const key = new SelectorKey(7, 7, 3, undefined)
const refuse = (error: unknown) => () => {
  throw error
}

// What a failed test of the suite prints.
it.each<[what: string, failing: () => unknown, message: RegExp]>([
  ['a value', () => assertEqual(() => key.fd, 8), /^key\.fd is 7, not 8$/],
  ['another sign', () => assertEqual(() => 0, -0), /^0 is 0, not -0$/],
  ['a mask', () => assertMask(3, 1), /^the mask is EVENT_READ\|EVENT_WRITE, not EVENT_READ$/],
  ['no mask', () => assertMask(0, 4, 'it'), /^it is no event, not 4$/],
  ['a batch', () => assertReady([], [key, EVENT_WRITE]), /^nothing is ready, not fd 7 for EVENT_WRITE$/],
  ['another key', () => assertReady([[key, 1]], [new SelectorKey(7, 7, 3, 'x'), 1]), /^another key object for fd 7/],
  [
    'no error',
    () => assertThrows(() => 5, valueError),
    /^5 threw nothing and returned 5, where ValueError \(ERR_SELECTOR_VALUE\) was expected$/,
  ],
  [
    'another error',
    () => assertThrows(refuse(new TypeError('no')), valueError),
    / threw TypeError: no, where ValueError \(ERR_SELECTOR_VALUE\) was expected$/,
  ],
  [
    'another message',
    () => assertThrows(refuse(new ValueError('no')), { ...valueError, message: /^yes/ }),
    /, message \/\^yes\/ was expected$/,
  ],
  [
    'no refusal',
    () => assertSystemError(() => undefined, ['EPERM', 'ENOTSOCK'], 7, 'regularFiles'),
    /^undefined threw nothing and returned undefined: expected a SystemError EPERM or ENOTSOCK about fd 7, as supports\.regularFiles says$/,
  ],
  [
    'another refusal',
    () => assertSystemError(refuse(new SystemError(-9, 'poll', 'fd 7')), ['EPERM'], 7),
    / threw SystemError: EBADF.* fd 7: expected a SystemError EPERM about fd 7$/,
  ],
  [
    'another descriptor',
    () => assertSystemError(refuse(new SystemError(-1, 'poll', 'fd 8')), ['EPERM'], 7),
    /does not name 7: expected/,
  ],
])('says of %s what was expected', (_what, failing, message) => {
  expect(failing).toThrow(expect.objectContaining({ name: 'AssertionError', message: expect.stringMatching(message) }))
})

it('says of a promise what was expected', async () => {
  const resolved = assertRejects(Promise.resolve([]), valueError)
  await expect(resolved).rejects.toThrow(/^the promise was resolved with \[\], where a rejection with ValueError/)
  const other = assertRejects(Promise.reject(new TypeError('no')), valueError)
  await expect(other).rejects.toThrow(/^the promise was rejected with TypeError: no, where ValueError/)
})

it('has nothing against what is as expected', async () => {
  const error = new SystemError(-1, 'epoll_ctl', 'fd 7')
  assertEqual(() => Number.NaN, Number.NaN)
  assertMask(3, EVENT_READ | EVENT_WRITE)
  assertReady([[key, 1]], [key, 1])
  assertThrows(refuse(new ValueError('no')), { ...valueError, message: /^no$/ })
  assertThrows(refuse(error), (thrown) => thrown === error)
  assertSystemError(refuse(error), ['EPERM'], 7)
  await assertRejects(Promise.reject(error), { code: 'EPERM' })
  expect([0, 1, 2, 3, 5].map(eventsOf)).toEqual([
    'no event',
    'EVENT_READ',
    'EVENT_WRITE',
    'EVENT_READ|EVENT_WRITE',
    'EVENT_READ|4',
  ])
})
