import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import type { Ready } from '../../contract/ready.js'
import type { SelectorKey } from '../../contract/selector-key.js'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import { assertEqual, assertIdle, assertReady, assertRejects, assertThrows, busyError } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'
import { begun, deliver, drain } from '../flow.js'

const ended = { done: true, value: undefined }

/** `for await` over what is ready. */
export function readyIteration(fixture: Fixture): void {
  const { it, create, open, supports } = fixture
  if (!supports.asynchronous) {
    it('is refused', () => {
      assertThrows(() => create().events(), { name: 'SystemError', code: 'ENOTSUP' })
    })
    return
  }

  it('goes on from batch to batch until the loop is left', async () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, EVENT_READ)
    const read: string[] = []
    writer.write('0')
    for await (const ready of selector) {
      assertReady([ready], [key, EVENT_READ])
      read.push(drain(reader))
      if (read.length === 5) break
      writer.write(String(read.length))
    }
    assert.deepEqual(read, ['0', '1', '2', '3', '4'])
    writer.write('x')
    assertReady(await selector.selectAsync(), [key, EVENT_READ])
  })

  it('reports again what is not consumed, with turns of the event loop in between', async () => {
    const selector = create()
    selector.register(open()[1], EVENT_WRITE)
    let turns = 0
    let count = 0
    const turn = () => setImmediate(() => ++turns < 1000 && turn())
    turn()
    for await (const [, mask] of selector) {
      assertEqual(() => mask, EVENT_WRITE)
      if (++count === 200) break
    }
    assert.ok(turns >= 100, `${turns} turns in 200 batches`)
    turns = 1000
  })

  it('does not spin while its consumer is busy with something else', async () => {
    const selector = create()
    selector.register(open()[1], EVENT_WRITE)
    await assertIdle(async (seconds) => {
      for await (const _ of selector) {
        await setTimeout(seconds * 1000)
        break
      }
    })
  })

  const changes: Record<string, (selector: Selector, fd: number) => void> = {
    unregistered: (selector, fd) => selector.unregister(fd),
    replaced: (selector, fd) => selector.modify(fd, EVENT_READ, 'new'),
  }
  for (const [what, change] of Object.entries(changes)) {
    it(`leaves out what was ${what} since its batch was read`, async () => {
      const selector = create()
      const pairs = [open(), open(), open()]
      for (const ends of pairs) {
        deliver(fixture, ends, 'x')
        selector.register(ends[0], EVENT_READ, 'old')
      }
      const seen: SelectorKey[] = []
      for await (const [key] of selector) {
        if (seen.push(key) === 4) break
        if (seen.length > 1) continue
        for (const [reader] of pairs) if (reader.fileno() !== key.fd) change(selector, reader.fileno())
      }
      for (const key of seen) assertEqual(() => selector.getMap().get(key.fd), key)
      assertEqual(() => new Set(seen).size, selector.getMap().size)
    })
  }

  it('ends when the selector is closed, while it waits', async () => {
    const selector = create()
    selector.register(open()[0], EVENT_READ)
    const next = begun(selector.events().next())
    await setTimeout(1)
    selector.close()
    assert.deepEqual(await next, ended)
  })

  it('ends when the selector is closed, with entries left', async () => {
    const selector = create()
    for (let i = 0; i < 3; i++) selector.register(open()[1], EVENT_WRITE)
    let count = 0
    for await (const _ of selector) {
      count++
      selector.close()
    }
    assertEqual(() => count, 1)
    for await (const _ of selector) assert.fail('closed')
  })

  it('throws the reason of its signal, while it waits and with entries left', async () => {
    const selector = create()
    const idle = open()[0]
    selector.register(idle, EVENT_READ)
    const controller = new AbortController()
    const events = selector.events({ signal: controller.signal })
    const next = begun(events.next())
    setImmediate(() => controller.abort('reason'))
    await assertRejects(next, (reason) => reason === 'reason')
    assert.deepEqual(await events.next(), ended)
    selector.unregister(idle)
    for (let i = 0; i < 3; i++) selector.register(open()[1], EVENT_WRITE)
    const another = new AbortController()
    let count = 0
    const loop = async () => {
      for await (const _ of selector.events({ signal: another.signal })) if (++count === 2) another.abort('reason')
    }
    await assertRejects(loop(), (reason) => reason === 'reason')
    assertEqual(() => count, 2)
    assertEqual(() => getEventListeners(another.signal, 'abort').length, 0)
  })

  it('can be ended while it waits, and leaves the selector free', async () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, EVENT_READ)
    const events = selector.events()
    const next = begun(events.next())
    assert.deepEqual(await events.return?.(), ended)
    assert.deepEqual(await next, ended)
    assert.deepEqual(await events.next(), ended)
    writer.write('x')
    assertReady(await selector.selectAsync(), [key, EVENT_READ])
  })

  it('leaves nothing of a batch to next() once it is ended', async () => {
    const selector = create()
    for (let i = 0; i < 3; i++) selector.register(open()[1], EVENT_WRITE)
    const events = selector.events()
    assert.equal((await events.next()).done, false)
    assert.deepEqual(await events.return?.(), ended)
    for (let again = 0; again < 3; again++) assert.deepEqual(await events.next(), ended)
  })

  it('is one wait: another one at the same time is refused, and the first goes on', async () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, EVENT_READ)
    const events = selector[Symbol.asyncIterator]()
    const next = begun(events.next())
    await assertRejects(selector.selectAsync(), busyError)
    await assertRejects(selector.events().next(), busyError)
    await assertRejects(events.next(), busyError)
    writer.write('x')
    const { value } = await next
    assertReady([value as Ready], [key, EVENT_READ])
    assert.deepEqual((await events.next()).value, value)
  })

  it('goes on when another one is ended, which was refused or aborted', async () => {
    const selector = create()
    const [reader, writer] = open()
    const key = selector.register(reader, EVENT_READ)
    const controller = new AbortController()
    const aborted = selector.events({ signal: controller.signal })
    const abortedNext = begun(aborted.next())
    controller.abort('reason')
    const next = begun(selector.events().next())
    void aborted.return?.()
    const refused = selector.events()
    const refusedNext = begun(refused.next())
    void refused.return?.()
    assert.deepEqual(await Promise.all([abortedNext, refusedNext]), [ended, ended])
    writer.write('x')
    assertReady([(await next).value], [key, EVENT_READ])
  })
}
