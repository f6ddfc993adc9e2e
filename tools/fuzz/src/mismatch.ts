import { inspect } from 'node:util'
import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_HANGUP,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  EXCLUSIVE,
  ONE_SHOT,
  type SelectorKey,
} from '@selectors/core'
import type { Expectation } from './model/registration.js'

/** A selector does something else than its model. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
}

const names = {
  EVENT_READ,
  EVENT_WRITE,
  EVENT_PRIORITY,
  EVENT_HANGUP,
  EVENT_ERROR,
  EDGE_TRIGGERED,
  ONE_SHOT,
  EXCLUSIVE,
}

/** Writes a mask as a program does. */
export function maskName(mask: unknown): string {
  if (typeof mask !== 'number' || (mask | 0) !== mask) return inspect(mask)
  const bits = Object.entries(names).filter(([, bit]) => mask & bit)
  const rest = bits.reduce((left, [, bit]) => left & ~bit, mask)
  return [...bits.map(([name]) => name), ...(rest === 0 && bits.length > 0 ? [] : [rest])].join(' | ')
}

export function named({ fd, events }: SelectorKey): string {
  return `fd ${fd}, registered for ${maskName(events)},`
}

/** Writes what is allowed. */
export function shown({ masks, found }: Expectation): string {
  const each = [...masks].sort((a, b) => a - b).map((mask) => (mask === 0 ? 'nothing' : maskName(mask)))
  return `${each.join(', or for ')}${found === 0 ? '' : `, or for what was found before: ${maskName(found)}`}`
}
