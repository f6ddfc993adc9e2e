import { constants } from 'node:os'
import {
  BackendUnavailableError,
  filenoOf,
  KeyError,
  SelectorClosedError,
  SystemError,
  ValueError,
} from '@selectors/core'
import { name } from '../src/contract/file-object'

it.each([
  [ValueError, 'ValueError', 'ERR_SELECTOR_VALUE'],
  [KeyError, 'KeyError', 'ERR_SELECTOR_KEY'],
  [SelectorClosedError, 'SelectorClosedError', 'ERR_SELECTOR_CLOSED'],
  [BackendUnavailableError, 'BackendUnavailableError', 'ERR_SELECTOR_BACKEND'],
])('%p has a name, a code, and a cause when there is one', (ErrorClass, name, code) => {
  const cause = new Error('cause')
  const error = new ErrorClass('message', { cause })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name, code, message: 'message', cause })
  expect('cause' in new ErrorClass('message')).toBe(false)
  expect(String(error)).toBe(`${name}: message`)
})

it.each([
  ['EBADF', 'bad file descriptor'],
  ['EPERM', 'operation not permitted'],
  ['EINVAL', 'invalid argument'],
] as const)('SystemError has the shape of Node’s own: %s', (code, description) => {
  const errno = -constants.errno[code]
  expect(new SystemError(errno, 'poll')).toMatchObject({
    name: 'SystemError',
    code,
    errno,
    syscall: 'poll',
    message: `${code}: ${description}, poll`,
  })
  expect(new SystemError(errno, 'poll', 'fd 7').message).toBe(`${code}: ${description}, poll: fd 7`)
})

it('SystemError knows names that libuv does not, and stands numbers that nobody does', () => {
  expect(new SystemError(-constants.errno.ECHILD, 'poll')).toMatchObject({ code: 'ECHILD' })
  expect(new SystemError(-99_999, 'poll')).toMatchObject({ code: 'E99999', errno: -99_999 })
})

it.each([
  [7, '7'],
  [-0, '0'],
  [Number.NaN, 'NaN'],
  ['7', '"7"'],
  ['a\nb', '"a\\nb"'],
  [7n, '7n'],
  [null, 'null'],
  [undefined, 'undefined'],
  [true, 'true'],
  [Symbol('seven'), 'Symbol(seven)'],
])('a message names %p as JavaScript writes it', (value, text) => {
  expect(name(value)).toBe(text)
})

it('0 is a descriptor without a sign', () => {
  for (const file of [-0, { fd: -0 }, { fileno: () => -0 }]) expect(Object.is(filenoOf(file), 0)).toBe(true)
})

it('a message names objects and functions without their own code', () => {
  const trap = () => {
    throw new Error('called')
  }
  const own = { toString: trap, toJSON: trap, valueOf: trap, [Symbol.toPrimitive]: trap, inspect: trap }
  Object.defineProperty(own, 'constructor', { get: trap })
  expect(name(own)).toBe('an Object')
  for (const value of [own, Object.assign(() => {}, own), Object.create(null), [], new Proxy({}, { get: trap })]) {
    expect(name(value)).toMatch(/^an? \w+/)
  }
})
