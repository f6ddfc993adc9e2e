/** In a process or a worker thread: throws after each of some waits. Says what is reported if it is `caught`, and ends by it if not. */
import { AsyncLocalStorage, createHook } from 'node:async_hooks'
import { EventEmitter, once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import type { Task } from '../child.js'
import type { Selector } from '../fixture.js'
import { load } from './load.js'
import { send } from './send.js'

const LONGEST_REPORT = 1000

const task = (workerData ?? JSON.parse(process.argv[2] ?? '')) as Task
const [reader, writer] = task.fds as [number, number]
const steps = task.steps ?? []
const caught = steps.includes('caught')

const waits: Record<string, (selector: Selector) => unknown> = {
  timer: () => setTimeout(1),
  async ready(selector) {
    const batch = selector.selectAsync()
    await setTimeout(1)
    selector.register(writer, EVENT_WRITE)
    await batch
  },
  'ready at once': (selector) => selector.register(writer, EVENT_WRITE) && selector.selectAsync(),
  'over after a timeout': (selector) => selector.selectAsync({ timeout: 0.001 }),
  async 'one of an iteration'(selector) {
    const next = selector.events().next()
    await setTimeout(1)
    selector.register(writer, EVENT_WRITE)
    await next
  },
}

const storage = new AsyncLocalStorage<string>()
const boom = () => {
  throw new Error(`boom in ${storage.getStore()}`)
}
const ways: Record<string, () => unknown> = {
  nextTick: () => process.nextTick(boom),
  queueMicrotask: () => queueMicrotask(boom),
  setImmediate: () => setImmediate(boom),
  'an event': () =>
    process.nextTick(() => new EventEmitter().emit('error', new Error(`boom in ${storage.getStore()}`))),
}

load(task).then(async (SelectorClass) => {
  send('ready')
  // Makes Node keep track of what runs within what.
  createHook({ before() {} }).enable()
  const reports: Record<string, string[]> = {}
  for (const [wait, take] of Object.entries(waits)) {
    if (!steps.includes(wait)) continue
    reports[wait] = []
    for (const [way, throwIt] of Object.entries(ways)) {
      const selector = new SelectorClass()
      selector.register(reader, EVENT_READ)
      const reported = caught ? report() : undefined
      await storage.run(way, async () => {
        await take(selector)
        throwIt()
      })
      reports[wait].push((await reported) ?? 'nothing')
      selector.close()
    }
  }
  if (parentPort === null) process.on('message', () => {})
  send(reports)
})

/** What is reported of the next error, within its time. */
async function report(): Promise<string> {
  const limit = new AbortController()
  const exception = once(process, 'uncaughtException', limit).then(
    ([error, origin]) => `${origin}: ${error.message}`,
    () => 'nothing',
  )
  const late = setTimeout(LONGEST_REPORT, 'nothing', limit).catch(() => 'nothing')
  const first = await Promise.race([exception, late])
  limit.abort()
  return first
}
