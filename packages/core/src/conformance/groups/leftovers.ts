import type { SelectorKey } from '../../contract/selector-key.js'
import { EDGE_TRIGGERED, EVENT_PRIORITY, EVENT_READ, EVENT_WRITE, ONE_SHOT } from '../../program.js'
import { assertEqual, assertReady, assertRejects, selectAtLeast } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'
import { begun } from '../flow.js'
import type { End } from '../subject.js'

const COUNT = 5

/** Several file objects that are ready. */
interface Several {
  readonly selector: Selector
  readonly keys: readonly SelectorKey[]
  /** Takes what these are ready for, where they would be reported again. */
  take(keys: readonly (SelectorKey | undefined)[]): void
}

/** What an iteration has read and not delivered when it ends, of file objects that report but once. */
export function leftovers({ it, create, open, pair, supports }: Fixture): void {
  if (!supports.asynchronous) return
  if (supports.modes & ONE_SHOT) {
    reported('ONE_SHOT', EVENT_WRITE, () => writable(ONE_SHOT))
    reported('ONE_SHOT, without a reader', EVENT_WRITE, () => writable(ONE_SHOT, ([reader]) => reader.close()))
  }
  if (supports.modes & ONE_SHOT && supports.closed === 'forgotten') {
    it('are forgotten where they were closed', async () => {
      const selector = create()
      const writers = Array.from({ length: COUNT }, () => open()[1])
      for (const writer of writers) selector.register(writer, EVENT_WRITE | ONE_SHOT)
      for await (const _ of selector) {
        for (const writer of writers) writer.close()
        break
      }
      assertReady(selector.select(0))
    })
  }
  if (supports.modes & EDGE_TRIGGERED) reported('EDGE_TRIGGERED', EVENT_WRITE, () => writable(EDGE_TRIGGERED))
  if (supports.events & EVENT_PRIORITY) {
    if (pair.urgent) reported('urgent data', EVENT_PRIORITY, () => exceptional('sendUrgent'))
    if (pair.fleeting) reported('EVENT_PRIORITY', EVENT_PRIORITY, () => exceptional('sendFleeting'))
    if (pair.fleeting && supports.modes & ONE_SHOT)
      reported('EVENT_PRIORITY | ONE_SHOT', EVENT_PRIORITY, () => exceptional('sendFleeting', ONE_SHOT))
  }

  function reported(what: string, event: number, several: () => Several): void {
    it(`are reported to who waits next (${what}) after break`, async () => {
      const all = several()
      const seen: SelectorKey[] = []
      for await (const [key] of all.selector) if (seen.push(key) === 2) break
      assertRest(all, seen)
    })

    it(`are reported to who waits next (${what}) after return()`, async () => {
      const all = several()
      const events = all.selector.events()
      const { value } = await events.next()
      await events.return?.()
      assertRest(all, [value?.[0]])
    })

    it(`are reported to who waits next (${what}) after an abortion`, async () => {
      const all = several()
      const controller = new AbortController()
      const seen: SelectorKey[] = []
      const loop = async () => {
        for await (const [key] of all.selector.events({ signal: controller.signal })) {
          if (seen.push(key) === 3) controller.abort('enough')
        }
      }
      await assertRejects(loop(), (reason) => reason === 'enough')
      assertRest(all, seen)
    })

    it(`are reported at once (${what}), whether who waits next blocks or not`, async () => {
      const all = several()
      const [first, second] = [all.selector.events(), all.selector.events()]
      const { value } = await first.next()
      await first.return?.()
      all.take([value?.[0]])
      const other = await second.next()
      await second.return?.()
      all.take([other.value?.[0]])
      assertEqual(() => all.selector.select().length, COUNT - 2)
    })

    it(`are reported to who waits already (${what})`, async () => {
      const all = several()
      const seen: SelectorKey[] = []
      let wait: ReturnType<Selector['selectAsync']> | undefined
      for await (const [key] of all.selector) {
        seen.push(key)
        all.take(seen)
        wait = begun(all.selector.selectAsync())
        break
      }
      const batch = (await wait) ?? []
      assertReady(batch, ...restOf(all, seen).map((key) => [key, event] as const))
    })

    it(`are not reported where they were unregistered or modified (${what})`, async () => {
      const all = several()
      const { selector } = all
      const seen: SelectorKey[] = []
      for await (const [key] of selector) if (seen.push(key) === 1) break
      const rest = restOf(all, seen)
      all.take(all.keys)
      for (const [i, { fd }] of rest.entries()) {
        if (i % 2 === 0 || event === EVENT_WRITE) selector.unregister(fd)
        else selector.modify(fd, EVENT_READ)
      }
      assertReady(selector.select(0))
    })

    /** Asserts that the others are reported, in one batch, and nothing after it. */
    function assertRest(all: Several, seen: readonly (SelectorKey | undefined)[]): void {
      all.take(seen)
      const rest = restOf(all, seen)
      assertEqual(() => rest.length, COUNT - seen.length)
      assertReady(all.selector.select(0), ...rest.map((key) => [key, event] as const))
      all.take(rest)
      assertReady(all.selector.select(0))
    }
  }

  function writable(mode: number, change?: (ends: [reader: End, writer: End]) => void): Several {
    const selector = create()
    const ends = Array.from({ length: COUNT }, () => open())
    const keys = ends.map(([, writer]) => selector.register(writer, EVENT_WRITE | mode, EVENT_READ))
    if (change !== undefined) ends.forEach(change)
    return { selector, keys, take: () => {} }
  }

  function exceptional(send: 'sendUrgent' | 'sendFleeting', mode = 0): Several {
    const selector = create()
    const ends = Array.from({ length: COUNT }, () => open())
    const keys = ends.map(([end]) => selector.register(end, EVENT_PRIORITY | mode))
    for (const [, end] of ends) end[send]?.()
    if (send === 'sendUrgent') selectAtLeast(selector, COUNT)
    return {
      selector,
      keys,
      take(taken) {
        if (send === 'sendFleeting') return
        for (const [end] of ends) if (taken.some((key) => key?.fd === end.fileno())) end.takeUrgent?.()
      },
    }
  }
}

function restOf({ keys }: Several, seen: readonly (SelectorKey | undefined)[]): SelectorKey[] {
  return keys.filter((key) => !seen.includes(key))
}
