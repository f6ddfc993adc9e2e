import { EDGE_TRIGGERED, ONE_SHOT } from '@selectors/core'
import { Mismatch } from '../mismatch.js'
import type { Registration } from '../model/registration.js'
import { inTime, listeners } from './async-wait.js'
import type { UnderTest } from './under-test.js'

/** How an iteration is left: between two entries, or while it waits, where nothing may be found. */
export type Exit = 'break' | 'abort' | 'break while it waits' | 'abort while it waits'

/** Takes at most so many entries of an iteration, and leaves it. */
export async function iterate(one: UnderTest, most: number, exit: Exit): Promise<void> {
  const { selector, model, patience } = one
  const controller = new AbortController()
  const iterator = selector.events({ signal: controller.signal })
  if (model.isClosed) {
    await expectDone(iterator.next())
    return
  }
  // One that has not begun, and has nothing to do with that.
  await expectDone(selector.events().return?.())
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
  const waits = exit.endsWith('waits') && count === 0 && model.findsNothing
  const waiting = waits ? iterator.next() : undefined
  waiting?.catch(() => {})
  if (exit.startsWith('break')) {
    await expectDone(inTime(iterator.return?.() as Promise<IteratorResult<unknown>>, patience))
    if (waiting !== undefined) await expectDone(inTime(waiting, patience))
  } else {
    const reason = {}
    controller.abort(reason)
    const ended = await inTime(waiting ?? iterator.next(), patience).then(
      () => 'no error',
      (error: unknown) => error,
    )
    if (ended !== reason) throw new Mismatch(`the aborted iteration ends with ${ended}`)
  }
  await expectDone(inTime(iterator.next(), patience))
  if (listeners(controller) > 0) throw new Mismatch('the iteration has left a listener on its signal')
  if (waits) model.giveUp()
  if (count === 0) return
  for (const registration of model.registrations.values())
    if (!delivered.has(registration)) putBack(one, registration, certain)
}

/** What was in the batch and not delivered is reported to the next wait. */
function putBack({ model }: UnderTest, registration: Registration, certain: readonly Registration[]): void {
  const { key } = registration
  const present = model.fileAt(key.fd)
  registration.look(present, model.supports, model.takesAny)
  // It is armed again, which has /dev/poll forget what is closed.
  if (key.events & ONE_SHOT && present === undefined && model.supports.unopened === 'forgotten')
    model.registrations.set(key.fd, registration.forgotten())
  if ((key.events & EDGE_TRIGGERED) === 0) return
  registration.isTouched = true
  registration.isFresh ||= certain.includes(registration)
}

async function expectDone(result: Promise<IteratorResult<unknown>> | undefined): Promise<void> {
  if ((await result)?.done === false) throw new Mismatch('the iteration goes on')
}
