/** In a worker thread: tries to wake by values that are not handles, or that belong to no selector, and says which of them did something. */
import { parentPort, workerData } from 'node:worker_threads'
import type { WakeHandle } from '../../contract/wake-handle.js'
import type { Task } from '../child.js'
import { loadWake } from './load.js'

const { handle, ...task } = workerData as Task & { handle: WakeHandle }
const { backend, token } = handle

const notTokens = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  -1,
  0.5,
  token + 0.5,
  -token,
  2 ** 53,
]
const notNumbers: readonly unknown[] = [
  String(token),
  BigInt(token),
  [token],
  new Number(token),
  { valueOf: () => token },
  { toString: () => String(token) },
  Symbol('token'),
  true,
  null,
  undefined,
]
const never = [0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER]
const notBackends = ['', 'another', `${backend} `, [backend], null, undefined, 0]

/** What was to be refused or to do nothing, by the way in which it is wrong. */
const forgeries: readonly [what: string, forge: () => unknown][] = [
  ...[...notTokens, ...notNumbers].map((bad) => forgery(`the token ${shown(bad)}`, { backend, token: bad })),
  ...notBackends.map((bad) => forgery(`the backend ${shown(bad)}`, { backend: bad, token })),
  ...[null, undefined, token, backend, [backend, token], {}, () => {}].map((bad) =>
    forgery(`${shown(bad)} for a handle`, bad),
  ),
  ['a token that changes when it is read again', () => changing('token', Number.NaN, token)],
  ['a backend that changes when it is read again', () => changing('backend', 'another', backend)],
  ['a proxy that changes when it is read again', () => new Proxy({}, changingTraps())],
]

loadWake(task).then((wake) => {
  const faults: string[] = []
  const attempt = (what: string, forged: unknown, fault: (wake: () => unknown) => string | undefined) => {
    const found = fault(() => wake(forged as WakeHandle))
    if (found !== undefined) faults.push(`${what} ${found}`)
  }
  for (const [what, forge] of forgeries) attempt(what, forge(), refused)
  for (const number of never)
    attempt(`the token ${number}, which was never given out,`, { backend, token: number }, idle)
  const error = new Error('of a getter')
  const throwing = {
    backend,
    get token(): number {
      throw error
    },
  }
  attempt('a getter that throws', throwing, (call) => (thrownBy(call) === error ? undefined : 'loses its error'))
  parentPort?.postMessage('forged')
  parentPort?.postMessage(faults)
})

function forgery(what: string, handle: unknown): [string, () => unknown] {
  return [what, () => handle]
}

function refused(call: () => unknown): string | undefined {
  const { code } = Object(thrownBy(call)) as { code?: unknown }
  return code === 'ERR_SELECTOR_VALUE' ? undefined : 'is not refused with a ValueError'
}

/** Some values may be refused as well: backends differ in which of them they recognize. */
function idle(call: () => unknown): string | undefined {
  try {
    return call() === false ? undefined : 'wakes'
  } catch {
    return undefined
  }
}

function thrownBy(call: () => unknown): unknown {
  try {
    call()
    return undefined
  } catch (error) {
    return error
  }
}

/** Has one member that is `first` when it is read for the first time, and right afterwards. */
function changing(member: 'backend' | 'token', first: unknown, then: unknown): object {
  let reads = 0
  return Object.defineProperty({ backend, token }, member, { get: () => (reads++ === 0 ? first : then) })
}

function changingTraps(): ProxyHandler<object> {
  let reads = 0
  return { get: (_, member) => (member === 'backend' ? backend : reads++ === 0 ? 'a string' : token) }
}

function shown(value: unknown): string {
  return Object.is(value, -0) ? '-0' : `${typeof value} ${String(value)}`
}
