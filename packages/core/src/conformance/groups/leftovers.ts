import { EDGE_TRIGGERED, EVENT_READ, EVENT_WRITE, ONE_SHOT } from '../../contract/events.js'
import type { SelectorKey } from '../../contract/selector-key.js'
import { assertEqual, assertReady, assertRejects } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'

const COUNT = 5

/** What an iteration has read and not delivered when it ends, of file objects that report but once. */
export function leftovers({ it, create, open, supports }: Fixture): void {
  if (!supports.asynchronous) return
  for (const [mode, bit] of Object.entries({ ONE_SHOT, EDGE_TRIGGERED })) {
    if ((supports.modes & bit) === 0) continue

    it(`are reported to who waits next (${mode}) after break`, async () => {
      const { selector, keys } = several(bit)
      const seen: SelectorKey[] = []
      for await (const [key] of selector) if (seen.push(key) === 2) break
      assertRest(selector, keys, seen)
    })

    it(`are reported to who waits next (${mode}) after return()`, async () => {
      const { selector, keys } = several(bit)
      const events = selector.events()
      const { value } = await events.next()
      await events.return?.()
      assertRest(selector, keys, [value?.[0]])
    })

    it(`are reported to who waits next (${mode}) after an abortion`, async () => {
      const { selector, keys } = several(bit)
      const controller = new AbortController()
      const seen: SelectorKey[] = []
      const loop = async () => {
        for await (const [key] of selector.events({ signal: controller.signal })) {
          if (seen.push(key) === 3) controller.abort('enough')
        }
      }
      await assertRejects(loop(), (reason) => reason === 'enough')
      assertRest(selector, keys, seen)
    })

    it(`are not reported where they were unregistered or modified (${mode})`, async () => {
      const { selector, keys } = several(bit)
      const seen: SelectorKey[] = []
      for await (const [key] of selector) {
        seen.push(key)
        for (const other of keys) if (other !== key) selector.unregister(other.fd)
        break
      }
      assertReady(selector.select(0))
    })
  }

  function several(mode: number): { selector: Selector; keys: SelectorKey[] } {
    const selector = create()
    const keys = Array.from({ length: COUNT }, () => selector.register(open()[1], EVENT_WRITE | mode, EVENT_READ))
    return { selector, keys }
  }

  /** Asserts that the others are reported, in one batch, and nothing after it. */
  function assertRest(selector: Selector, keys: SelectorKey[], seen: readonly SelectorKey[]): void {
    const rest = keys.filter((key) => !seen.includes(key))
    assertEqual(() => rest.length, COUNT - seen.length)
    assertReady(selector.select(0), ...rest.map((key) => [key, EVENT_WRITE] as const))
    assertReady(selector.select(0))
  }
}
