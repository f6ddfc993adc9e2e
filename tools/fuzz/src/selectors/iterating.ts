import { EDGE_TRIGGERED } from '@selectors/core'
import { Mismatch } from '../mismatch.js'
import type { Registration } from '../model/registration.js'
import { inTime } from './async-wait.js'
import type { UnderTest } from './under-test.js'

/** Takes at most so many entries of an iteration, and leaves it. */
export async function iterate(one: UnderTest, most: number, how: 'break' | 'abort'): Promise<void> {
  const { selector, model, patience } = one
  const controller = new AbortController()
  const iterator = selector.events({ signal: controller.signal })
  if (model.isClosed) {
    await expectDone(iterator.next())
    return
  }
  // Otherwise it would wait for what never comes.
  const { certain } = model
  const count = Math.min(most, certain.length)
  const delivered = new Set<Registration>()
  for (let i = 0; i < count; i++) {
    const { value, done } = await inTime(iterator.next(), patience)
    model.isWoken = false
    if (done) throw new Mismatch('the iteration ends by itself')
    const registration = model.delivered(...(value as [never, never]))
    registration.report()
    delivered.add(registration)
  }
  if (how === 'break') {
    await expectDone(inTime(iterator.return?.() as Promise<IteratorResult<unknown>>, patience))
  } else {
    const reason = {}
    controller.abort(reason)
    const ended = await inTime(iterator.next(), patience).then(
      () => 'no error',
      (error: unknown) => error,
    )
    if (ended !== reason) throw new Mismatch(`the aborted iteration ends with ${ended}`)
  }
  if (count === 0) return
  for (const registration of model.registrations.values())
    if (!delivered.has(registration)) putBack(one, registration, certain)
}

/** What was in the batch and not delivered is reported to the next wait. */
function putBack({ model }: UnderTest, registration: Registration, certain: readonly Registration[]): void {
  registration.look(model.fileAt(registration.key.fd), model.supports, model.takesAny)
  if ((registration.key.events & EDGE_TRIGGERED) === 0) return
  registration.isTouched = true
  registration.isFresh ||= certain.includes(registration)
}

async function expectDone(result: Promise<IteratorResult<unknown>>): Promise<void> {
  if (!(await result).done) throw new Mismatch('the iteration goes on')
}
