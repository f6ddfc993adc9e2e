import type { Ready } from '@selectors/core'
import { Mismatch } from '../mismatch.js'
import type { SelectorModel } from '../model/selector-model.js'
import { AsyncWait, type Timeout } from './async-wait.js'
import type { UnderTest } from './under-test.js'

/** Seconds. Longer than it takes to find what is there already, on any machine. */
const LONG = 0.25
const SHORT = 0.0005

/** Whether to wait for what is not there: for what has to come, or for nothing too. */
export type Patience = 'polls' | 'waits for what comes' | 'waits'

/** @param longest seconds to wait for what has to come */
export function select(one: UnderTest, patience: Patience, longest = LONG): Ready[] {
  const { selector, model } = one
  if (model.isClosed) {
    one.attempt(['SelectorClosedError'], () => selector.select(0))
    return []
  }
  const comes = patience !== 'polls' && (model.isWoken || model.certain.length > 0)
  const timeout = comes ? longest : patience === 'waits' ? SHORT : 0
  const before = process.hrtime.bigint()
  const batch = unlessRefused(model, () => selector.select(timeout))
  model.asked()
  if (batch === undefined) return []
  const seconds = Number(process.hrtime.bigint() - before) / 1e9
  const wasWoken = model.isWoken
  model.isWoken = false
  one.remember(batch)
  model.found(batch, selector.timedOut, wasWoken)
  if (selector.timedOut && seconds < timeout) throw new Mismatch(`${timeout} s were over after ${seconds} s`)
  return batch
}

/** Begins an asynchronous wait. */
export async function begin(one: UnderTest, timeout: Timeout): Promise<void> {
  const { selector, model } = one
  if (model.isClosed || model.isPending) {
    const error = await selector.selectAsync().catch((thrown) => thrown)
    const expected = model.isClosed ? 'SelectorClosedError' : 'SelectorBusyError'
    if (error?.name !== expected) throw new Mismatch(`${error}, where ${expected} was expected`)
    return
  }
  one.wait = new AsyncWait(selector, timeout, one.patience)
  model.beginWait(timeout)
}

/** What ends a wait for what is not ready. */
export type Ending = 'abort' | 'wake' | 'wake and abort'

/** Has the asynchronous wait end, and checks what it has found. */
export async function finish(one: UnderTest, how: Ending): Promise<void> {
  const { selector, model, wait } = one
  if (wait === undefined) return
  one.wait = undefined
  const comes = wait.hasTimeout || model.isRefusing || model.certain.length > 0
  // What may be ready may end it before it is woken.
  if (!comes && (how !== 'wake' || !model.findsNothing)) return abort(one, wait, how)
  if (!comes && !model.isOwed) {
    selector.wakeup()
    model.wakeUp()
  }
  const wasWoken = model.isOwed || model.isWoken
  model.endWait()
  const [ended] = await Promise.allSettled([wait.end()])
  const batch = unlessRefused(model, () => {
    if (ended.status === 'rejected') throw ended.reason
    return ended.value
  })
  if (batch === undefined) return
  model.isWoken = false
  model.found(batch, selector.timedOut, wasWoken)
  if (selector.timedOut) wait.checkTime()
}

/** Aborts a wait that goes on, unless it has found something of what may be there, or was woken. */
async function abort({ selector, model }: UnderTest, wait: AsyncWait, how: Ending): Promise<void> {
  // Once it was woken or has found something it may be over, so that a wake-up would be for the next wait.
  if (how === 'wake and abort' && !model.isOwed && model.findsNothing) {
    selector.wakeup()
    model.wakeUp()
  }
  const { isOwed: wasWoken, findsNothing } = model
  const batch = await wait.abort(model.mayHaveRefused)
  // A wake-up is for the next wait then.
  if (batch === undefined) return model.giveUp()
  model.endWait()
  if (!wasWoken && (findsNothing || batch.length === 0)) throw new Mismatch('the aborted wait has ended before')
  model.isWoken = false
  model.found(batch, selector.timedOut, wasWoken)
}

/** Returns what a wait finds; nothing if it is refused because of closed descriptors, which it names. */
function unlessRefused(model: SelectorModel, wait: () => Ready[]): Ready[] | undefined {
  const { refused, mayRefuse } = model
  let batch: Ready[] | undefined
  try {
    batch = wait()
  } catch (error) {
    const { code, message } = Object(error) as { code?: unknown; message?: unknown }
    const isNamed = refused.every((fd) => String(message).includes(String(fd)))
    if (!mayRefuse || code !== 'EBADF' || !isNamed) throw error
  }
  if (batch !== undefined && refused.length > 0)
    throw new Mismatch(`it is done, where EBADF for fd ${refused} was expected`)
  return batch
}
