import assert from 'node:assert/strict'
import type { FileObject } from '../../contract/file-object.js'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertThrows, assertUnchanged, keyError, valueError } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'

/** A value that a method refuses, and what its error names; left out if a message cannot name it. */
type Bad = readonly [value: unknown, culprit?: string | undefined]

const badEvents: readonly Bad[] = [
  ...named(0, -1, 4, 5, 7, 8, 2 ** 31, -(2 ** 31), 2 ** 32 + 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY),
  ...named(true, false, null, undefined, 1n, 3n, '1', '', 'EVENT_READ', Symbol('events')),
  ...unnamed([1], [], {}, { valueOf: () => 1 }, new Number(1), () => 1, new Date(1)),
]

const badFileObjects: readonly Bad[] = [
  ...named(-1, -2, -(2 ** 31), -(2 ** 40), 0.5, 3.7, Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
  ...named(undefined, null, true, false, 0n, 3n, '', '0', '3', Symbol('fd')),
  ...unnamed({}, [], [3], () => 3, new Number(3), new Map()),
  ...unnamed({ fd: '3' }, { fd: null }, { fd: undefined }, { fd: 3n }, { fileno: 3 }),
  ...named(-1, 3.7, Number.NaN).map(([fd, culprit]) => [{ fd }, culprit] as const),
  ...named(-1, 3.7, Number.NaN, '3', true, null, undefined, 3n).map(([fd, culprit]) => [fileno(fd), culprit] as const),
  ...unnamed(fileno({}), fileno([3]), fileno(Promise.resolve(3))),
]

/** Whole numbers that are not descriptors on any system. */
const hugeNumbers = [2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53, 1e300]

const badTimeouts: readonly Bad[] = [
  ...named(Number.NaN, '1', '', 'forever', true, false, 1n, 0n, Symbol('timeout')),
  ...unnamed([], [1], {}, { timeout: 1 }, { valueOf: () => 1 }, new Number(1), () => 1, new Date()),
]

type Registering = (selector: Selector, fileobj: FileObject, events: number) => unknown
type LookUp = (selector: Selector, fileobj: FileObject) => unknown

const registering: Readonly<Record<string, Registering>> = {
  register: (selector, fileobj, events) => selector.register(fileobj, events),
  modify: (selector, fileobj, events) => selector.modify(fileobj as number, events, 'new'),
}

const lookingUp: Readonly<Record<string, LookUp>> = {
  modify: (selector, fileobj) => selector.modify(fileobj as number, EVENT_READ),
  unregister: (selector, fileobj) => selector.unregister(fileobj as number),
  getKey: (selector, fileobj) => selector.getKey(fileobj as number),
}

export function badInput({ it, create, open }: Fixture): void {
  for (const [method, call] of Object.entries(registering)) {
    it(`${method}() refuses events that are no mask`, () => {
      const { selector, writer, reader } = watching()
      for (const [events, culprit] of badEvents) {
        for (const fileobj of [writer, reader]) {
          refuses(selector, () => call(selector, fileobj, events as number), culprit)
        }
      }
    })
  }

  it('register() refuses what is no file object', () => {
    const { selector } = watching()
    for (const [fileobj, culprit] of badFileObjects) {
      refuses(selector, () => selector.register(fileobj as FileObject, EVENT_READ), culprit)
    }
  })

  it('register() refuses numbers that no descriptor can have', () => {
    const { selector } = watching()
    for (const fd of hugeNumbers) {
      for (const fileobj of [fd, { fd }, { fileno: () => fd }]) {
        refuses(selector, () => selector.register(fileobj, EVENT_READ), String(fd))
      }
    }
  })

  for (const [method, call] of Object.entries(lookingUp)) {
    it(`${method}() refuses what is no file object`, () => {
      const { selector } = watching()
      for (const [fileobj, culprit] of badFileObjects)
        refuses(selector, () => call(selector, fileobj as FileObject), culprit)
    })

    it(`${method}() does not find numbers that no descriptor can have`, () => {
      const { selector } = watching()
      for (const fd of hugeNumbers) {
        refuses(selector, () => call(selector, fd), String(fd), keyError)
        refuses(selector, () => call(selector, { fd }), String(fd), keyError)
      }
    })
  }

  it('select() refuses a timeout that is no number', () => {
    const { selector, writer } = watching()
    for (const [timeout, culprit] of badTimeouts) refuses(selector, () => selector.select(timeout as number), culprit)
    selector.unregister(writer)
    for (const [timeout, culprit] of badTimeouts) refuses(selector, () => selector.select(timeout as number), culprit)
  })

  it('leaves errors of property accessors as they are', () => {
    const { selector } = watching()
    const error = new Error('no fd for you')
    const accessor = {
      get fd(): number {
        throw error
      },
    }
    assertUnchanged(selector, () =>
      assertThrows(
        () => selector.register(accessor, EVENT_READ),
        (thrown) => thrown === error,
      ),
    )
  })

  /** A selector with something that is ready, something that is not, and an end that is not registered. */
  function watching() {
    const selector = create()
    const [reader, writer] = open()
    selector.register(writer, EVENT_WRITE, 'data')
    selector.register(open()[0], EVENT_READ, 'data')
    return { selector, reader, writer }
  }
}

function refuses(
  selector: Selector,
  call: () => unknown,
  culprit = '',
  error: Readonly<Record<string, unknown>> = valueError,
): void {
  assertUnchanged(selector, () => {
    assertThrows(call, error)
    assertThrows(
      call,
      ({ message }: Error) => message.includes(culprit) || assert.fail(`${culprit} is not named: ${message}`),
    )
  })
}

/** Primitives, which the error names as JavaScript writes them. */
function named(...values: unknown[]): Bad[] {
  return values.map((value) => {
    if (typeof value === 'string') return [value, JSON.stringify(value)]
    return [value, typeof value === 'bigint' ? `${value}n` : String(value)]
  })
}

/** Objects, which the error cannot tell apart. */
function unnamed(...values: unknown[]): Bad[] {
  return values.map((value) => [value])
}

/** A file object whose `fileno()` returns something that is not a descriptor. */
function fileno(answer: unknown): unknown {
  return { fileno: () => answer }
}
