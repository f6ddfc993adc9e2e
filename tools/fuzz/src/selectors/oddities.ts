import { type BaseSelector, EVENT_READ, type FileObject } from '@selectors/core'
import { Mismatch } from '../mismatch.js'
import { inTime } from './async-wait.js'
import type { UnderTest } from './under-test.js'

/** Something that a selector has to refuse. */
export interface Oddity {
  /** @param fd a descriptor that is open */
  line(fd: number): string
  call(selector: BaseSelector<unknown, FileObject>, fd: number): unknown
  /** What the error names. */
  readonly culprit?: string
  /** An error that is the cause of the refusal, or itself what is thrown. */
  readonly cause?: Error
  readonly thrown?: Error
}

/** What is odd, as a program has it: `$fd` stands for a descriptor. */
type Odd = readonly [text: string, make: (fd: number) => unknown, more?: Omit<Oddity, 'line' | 'call'>]

const named = (...values: unknown[]): Odd[] =>
  values.map((value) => {
    const culprit =
      typeof value === 'string' ? JSON.stringify(value) : `${value}${typeof value === 'bigint' ? 'n' : ''}`
    return [culprit, () => value, { culprit }]
  })

const events = named(true, '1', 1n, null, Number.NaN, 2 ** 31)
const timeouts = named(Number.NaN, '1', true, 1n)
const [closed, failed] = [new TypeError('closed'), new Error('failed')]
const fileObjects: readonly Odd[] = [
  ...named('3', -1, 0.5, true, null),
  ['-$fd - 1', (fd) => -fd - 1],
  ['$fd + 0.5', (fd) => fd + 0.5],
  ['{}', () => ({})],
  ['{ fd: -1 }', () => ({ fd: -1 }), { culprit: '-1' }],
  ["{ fileno: () => '$fd' }", (fd) => ({ fileno: () => `${fd}` })],
  ["{ fileno() { throw new TypeError('closed') } }", () => ({ fileno: () => fail(closed) }), { cause: closed }],
  ["{ fileno() { throw new Error('failed') } }", () => ({ fileno: () => fail(failed) }), { thrown: failed }],
]

/** How odd things are passed, by the program that does so. */
function passed(
  program: string,
  odd: readonly Odd[],
  call: (...args: [...Parameters<Oddity['call']>, odd: unknown]) => unknown,
): Oddity[] {
  return odd.map(([text, make, more]) => ({
    line: (fd) => program.replace('$odd', text).replaceAll('$fd', `${fd}`),
    call: (selector, fd) => call(selector, fd, make(fd)),
    ...more,
  }))
}

export const oddities: readonly Oddity[] = [
  ...passed('selector.register($fd, $odd)', events, (selector, fd, odd) => selector.register(fd, odd as number)),
  ...passed('selector.modify($fd, $odd)', events, (selector, fd, odd) => selector.modify(fd, odd as number)),
  ...passed('selector.register($odd, EVENT_READ)', fileObjects, (selector, _, odd) =>
    selector.register(odd as FileObject, EVENT_READ),
  ),
  ...passed('selector.modify($odd, EVENT_READ)', fileObjects, (selector, _, odd) =>
    selector.modify(odd as FileObject, EVENT_READ),
  ),
  ...passed('selector.unregister($odd)', fileObjects, (selector, _, odd) => selector.unregister(odd as FileObject)),
  ...passed('selector.getKey($odd)', fileObjects, (selector, _, odd) => selector.getKey(odd as FileObject)),
  ...passed('selector.select($odd)', timeouts, (selector, _, odd) => selector.select(odd as number)),
  ...passed('selector.selectAsync({ timeout: $odd })', timeouts, (selector, _, odd) =>
    rejects(() => selector.selectAsync({ timeout: odd as number })),
  ),
  ...passed('selector.selectAsync($odd)', named(1, '1', true), (selector, _, odd) =>
    rejects(() => selector.selectAsync(odd as object)),
  ),
  {
    // The events are looked at first.
    line: () => 'selector.register({ fileno() { throw new Error() } }, 0)',
    call: (selector) => selector.register({ fileno: () => fail(failed) }, 0),
    culprit: '0',
  },
]

/** Has a selector refuse something, which changes nothing. */
export async function refuses({ selector, map, patience }: UnderTest, odd: Oddity, fd: number): Promise<void> {
  const before = [...map.values()]
  let thrown: unknown
  try {
    const returned = await inTime(Promise.resolve(odd.call(selector, fd)), patience)
    throw new Mismatch(`it returns ${returned}, where a ValueError was expected`)
  } catch (error) {
    if (error instanceof Mismatch) throw error
    thrown = error
  }
  if (odd.thrown !== undefined ? thrown !== odd.thrown : !isRight(thrown, odd))
    throw new Mismatch(`${thrown}, where ${odd.thrown ?? `a ValueError that names ${odd.culprit}`} was expected`)
  const after = [...map.values()]
  if (before.length !== after.length || before.some((key, i) => key !== after[i]))
    throw new Mismatch('a call that was refused has changed what is registered')
}

function isRight(thrown: unknown, { culprit = '', cause }: Oddity): boolean {
  const { name, code, message, cause: found } = thrown as NodeJS.ErrnoException
  return name === 'ValueError' && code === 'ERR_SELECTOR_VALUE' && message.includes(culprit) && found === cause
}

/** Makes a call that has to reject, and not to throw. */
function rejects(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return call()
  } catch (error) {
    throw new Mismatch(`it throws, where a rejection was expected: ${error}`)
  }
}

function fail(error: Error): never {
  throw error
}
