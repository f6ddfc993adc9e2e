import { EVENT_READ, type FileObject } from '@selectors/core'
import { Mismatch } from '../mismatch.js'
import type { UnderTest } from './under-test.js'

/** Seconds that it may take until another selector learns that one is ready. */
const LATE = 0.25
/** Linux lets one file wake only so many by way of selectors, all of the process together: so many descriptors of it are not too many. */
const CROWD = 30

/** A selector that can be waited for is readable where something that it waits for is ready, and waits for none that waits for it. */
export function nest({ subject, selector, model }: UnderTest): void {
  const { fileno, pollable } = subject.supports
  if (!fileno || model.registrations.size > CROWD) return
  const outer = subject.create({})
  try {
    const inner = selector as unknown as FileObject & { fileno(): number }
    if (model.registrations.has(inner.fileno())) return
    const key = outer.register(inner, EVENT_READ)
    const must = !pollable || model.isReadable
    const batch = outer.select(must ? LATE : 0)
    const isReported = batch.length === 1 && batch[0]?.[0] === key && batch[0][1] === EVENT_READ
    if (must && !isReported) throw new Mismatch('it is not readable in another selector, though something is ready')
    if (batch.length > 0 && !(isReported && (must || model.mayBeReadable)))
      throw new Mismatch('it is readable in another selector, though nothing is ready')
    if (pollable) refuses(inner, outer as unknown as typeof inner)
  } finally {
    outer.close()
  }

  function refuses(inner: { fileno(): number }, other: { fileno(): number }): void {
    for (const cycle of [inner, other]) {
      if (model.registrations.has(cycle.fileno())) continue
      try {
        selector.register(cycle, EVENT_READ)
      } catch (error) {
        if ((error as Error).name === 'SystemError') continue
        throw error
      }
      throw new Mismatch('it waits for itself, or for one that waits for it')
    }
  }
}
