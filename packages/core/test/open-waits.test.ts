import { createHook } from 'node:async_hooks'
import { setImmediate } from 'node:timers/promises'
import { EVENT_WRITE } from '@selectors/core'
import { FakeKernel } from './fake-kernel'
import { fakePairs } from './fake-pairs'
import { FakePoller } from './fake-poller'
import { FakeSelector, likeEpoll } from './fake-selector'

/** As jest's `--detectOpenHandles` does it. */
const open = new Map<number, () => boolean>()
const hook = createHook({
  init(id, type, _trigger, resource) {
    if (type === 'SELECTORWAIT') open.set(id, () => (resource as { hasRef(): boolean }).hasRef())
  },
  destroy: (id) => open.delete(id),
})

beforeAll(() => hook.enable())
afterAll(() => hook.disable())

it('tools that look for open handles see a wait for as long as it goes on', async () => {
  const kernel = new FakeKernel()
  const selector = new FakeSelector(new FakePoller(kernel, likeEpoll))
  const wait = selector.selectAsync()
  expect([...open.values()].map((hasRef) => hasRef())).toEqual([true])
  selector.unref()
  expect([...open.values()].map((hasRef) => hasRef())).toEqual([false])
  const [, writer] = fakePairs(kernel)[0]?.open() ?? []
  selector.register(writer as never, EVENT_WRITE)
  await wait
  await setImmediate()
  expect(open.size).toBe(0)
  for (const end of [() => selector.close(), () => {}]) {
    const controller = new AbortController()
    const aborted = selector.selectAsync(controller)
    end()
    controller.abort()
    await aborted.catch(() => {})
    await setImmediate()
    expect(open.size).toBe(0)
  }
})
