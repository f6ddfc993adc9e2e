import assert from 'node:assert/strict'
import { closeSync, openSync } from 'node:fs'
import { EVENT_HANGUP, EVENT_READ, EVENT_WRITE, ONE_SHOT } from '../../program.js'
import { assertEqual, assertIdle, assertReady, assertSystemError, assertWaits, NOT_OPEN, SOON } from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'
import { begun, deliver } from '../flow.js'

const BOTH = EVENT_READ | EVENT_WRITE

/** Selectors that accept any descriptor: those that cannot be waited for are always ready. */
export function anyDescriptor(fixture: Fixture): void {
  const { it, open, keep, subject, supports } = fixture
  if (!supports.anyDescriptor) return

  it('reports a regular file as ready, in every wait, beside everything else', () => {
    const selector = create()
    const ends = open()
    const fd = openRegularFile()
    const key = selector.register(fd, BOTH)
    const other = selector.register(ends[0], EVENT_READ)
    for (const timeout of [0, 0.01, SOON, null]) assertReady(selector.select(timeout), [key, BOTH])
    deliver(fixture, ends, 'x')
    for (const timeout of [0, null]) assertReady(selector.select(timeout), [key, BOTH], [other, EVENT_READ])
  })

  it('reports what it is registered for, as modified', () => {
    const selector = create()
    const fd = openRegularFile()
    selector.register(fd, EVENT_READ)
    for (const events of [EVENT_WRITE, BOTH, EVENT_READ]) {
      const key = selector.modify(fd, events)
      assertReady(selector.select(0), [key, events])
    }
    if (supports.events & EVENT_HANGUP) {
      selector.modify(fd, EVENT_HANGUP)
      assertWaits(selector, 0.01)
    }
    if (supports.modes & ONE_SHOT) {
      const key = selector.modify(fd, EVENT_READ | ONE_SHOT)
      for (let again = 0; again < 3; again++) {
        assertReady(selector.select(SOON), [key, EVENT_READ])
        assertWaits(selector, 0.01)
        assertEqual(() => selector.modify(fd, EVENT_READ | ONE_SHOT), key)
      }
    }
  })

  it('takes several, and waits again once all are unregistered', async () => {
    const selector = create()
    const keys = Array.from({ length: 3 }, () => selector.register(openRegularFile(), BOTH))
    while (keys.length > 0) {
      assertReady(selector.select(), ...keys.map((key) => [key, BOTH] as const))
      const key = keys.pop()
      assert.equal(selector.unregister(key?.fd as number), key)
    }
    await assertIdle((seconds) => assertWaits(selector, seconds))
  })

  it('deals with one that was closed while it was registered', () => {
    const selector = create()
    const file = openFile()
    const fd = file.fileno()
    const key = selector.register(fd, EVENT_READ)
    assertReady(selector.select(0), [key, EVENT_READ])
    file.close()
    const ready = [[key, EVENT_READ] as const]
    const reported = { ready, 'ready-unless-idle': ready, forgotten: [], refused: undefined }[supports.closed]
    if (reported === undefined) assertSystemError(() => selector.select(0), NOT_OPEN, fd)
    else for (const timeout of [0, 0.01]) assertReady(selector.select(timeout), ...reported)
    assert.equal(selector.unregister(fd), key)
    assertWaits(selector, 0.01)
  })

  it('takes what its number belongs to after it was unregistered', () => {
    const selector = create()
    const file = openFile()
    const fd = file.fileno()
    selector.register(fd, EVENT_READ)
    file.close()
    selector.unregister(fd)
    const ends = open()
    const key = selector.register(ends[0], EVENT_READ)
    assertWaits(selector, 0.01)
    deliver(fixture, ends, 'x')
    assertReady(selector.select(0), [key, EVENT_READ])
  })

  if (supports.wakeup) {
    it('can be woken, with what is ready', () => {
      const selector = create()
      const fd = openRegularFile()
      const key = selector.register(fd, EVENT_READ)
      selector.wakeup()
      assertReady(selector.select(), [key, EVENT_READ])
      selector.unregister(fd)
      selector.wakeup()
      assertReady(selector.select())
    })
  }

  if (supports.pollable) {
    it('is ready itself for as long as something is', () => {
      const selector = create()
      const outer = create()
      const fd = openRegularFile()
      selector.register(fd, EVENT_READ)
      const key = outer.register({ fileno: () => selector.fileno?.() ?? -1 }, EVENT_READ)
      for (let again = 0; again < 3; again++) {
        assertReady(outer.select(SOON), [key, EVENT_READ])
        assertEqual(() => selector.select(0).length, 1)
      }
      selector.unregister(fd)
      assertReady(selector.select(0))
      assertWaits(outer, 0.01)
    })
  }

  if (!supports.asynchronous) return

  it('resolves selectAsync(), and iterates', async () => {
    const selector = create()
    const fd = openRegularFile()
    const idle = selector.register(open()[0], EVENT_READ)
    const wait = begun(selector.selectAsync({ timeout: SOON }))
    const key = selector.register(fd, EVENT_READ)
    assertReady(await wait, [key, EVENT_READ])
    for (let again = 0; again < 3; again++) assertReady(await selector.selectAsync(), [key, EVENT_READ])
    let count = 0
    for await (const ready of selector) {
      assertReady([ready], [key, EVENT_READ])
      if (++count === 5) break
    }
    selector.unregister(fd)
    assertReady(await selector.selectAsync({ timeout: 0.01 }))
    assertEqual(() => selector.getMap().get(idle.fd), idle)
  })

  function create(): Selector {
    return fixture.create({ anyDescriptor: true })
  }

  function openRegularFile(): number {
    return keep(openFile()).fileno()
  }

  function openFile(): { fileno(): number; close(): void } {
    if (subject.openRegularFile !== undefined) return subject.openRegularFile()
    const fd = openSync(__filename, 'r')
    return { fileno: () => fd, close: () => closeSync(fd) }
  }
}
