import assert from 'node:assert/strict'
import type { SelectorKey } from '../../contract/selector-key.js'
import type { Supports } from '../../contract/supports.js'
import { EVENT_READ, EVENT_WRITE } from '../../program.js'
import {
  assertEqual,
  assertReady,
  assertSystemError,
  assertThrows,
  assertWaits,
  keyError,
  NOT_OPEN,
  selectAtLeast,
} from '../expect.js'
import type { Fixture, Selector } from '../fixture.js'
import { deliver } from '../flow.js'
import type { End } from '../subject.js'

const BOTH = EVENT_READ | EVENT_WRITE
/** How many numbers may be free before one that was closed just now. */
const MOST_FREE = 100

/** Descriptors that are closed while registered, never opened, reused by another file, or duplicates. */
export function descriptors(fixture: Fixture): void {
  const { it, create, open, keep, supports } = fixture

  for (const events of [EVENT_READ, EVENT_WRITE, BOTH]) {
    it(`deals with a descriptor that was closed while registered for ${events}`, () => {
      const selector = create()
      const [reader, writer] = open()
      const key = selector.register(reader, events)
      const other = selector.register(open()[1], EVENT_WRITE)
      for (const end of [reader, writer]) end.close()
      assertReported(supports.closed, selector, key, other)
      assertEqual(() => selector.unregister(reader), key)
      assertReady(selector.select(0), [other, EVENT_WRITE])
    })
  }

  it('deals with an idle one that was closed while a duplicate lives', () => {
    const selector = create()
    const [reader] = open()
    const key = selector.register(reader, EVENT_READ)
    const other = selector.register(open()[1], EVENT_WRITE)
    assertReady(selector.select(0), [other, EVENT_WRITE])
    keep(reader.dup())
    reader.close()
    assertReported(supports.closed === 'ready-unless-idle' ? 'forgotten' : supports.closed, selector, key, other)
    assertEqual(() => selector.unregister(reader), key)
    assertReady(selector.select(0), [other, EVENT_WRITE])
  })

  if (supports.closed === 'refused') {
    it('names all that were closed', () => {
      const selector = create()
      selector.register(open()[1], EVENT_WRITE)
      const closed = [open()[0], open()[0], open()[0]]
      const keys = closed.map((end) => selector.register(end, EVENT_READ))
      for (const end of closed) end.close()
      while (keys.length > 0) {
        for (const { fd } of keys) assertSystemError(() => selector.select(0), NOT_OPEN, fd, 'closed')
        for (const { fd } of keys.splice(0, 1)) selector.unregister(fd)
      }
      assertEqual(() => selector.select(0).length, 1)
    })
  }

  it('unregisters what was closed, by its number too', () => {
    const selector = create()
    const [reader, writer] = open()
    const keys = [selector.register(reader, EVENT_READ), selector.register(writer, EVENT_WRITE)]
    const fds = [reader.fileno(), writer.fileno()]
    for (const end of [reader, writer]) end.close()
    for (const [i, fd] of fds.entries()) assertEqual(() => selector.unregister(fd), keys[i])
    assertEqual(() => selector.getMap().size, 0)
    assertReady(selector.select(0))
  })

  const { unopened } = supports
  if (unopened) {
    it('deals with a number below the highest that was never opened', () => {
      const selector = create()
      const [reader, writer] = open()
      const other = selector.register(open()[1], EVENT_WRITE)
      const fd = reader.fileno()
      for (const end of [reader, writer]) end.close()
      const key = selector.register(fd, BOTH)
      assertReported(unopened, selector, key, other)
      selector.unregister(fd)
      assertReady(selector.select(0), [other, EVENT_WRITE])
    })

    it('deals with a number that was not open at first, and is used and closed again', () => {
      const selector = create()
      const other = selector.register(open()[1], EVENT_WRITE)
      const [[old], [end]] = [open(), open()]
      const fd = old.fileno()
      old.close()
      selector.register(fd, BOTH)
      selector.unregister(fd)
      const twin = occupy(fd, end)
      end.close()
      const key = selector.register(twin, EVENT_READ)
      assertReady(selector.select(0), [other, EVENT_WRITE])
      twin.close()
      assertReported(supports.closed, selector, key, other)
    })
  }

  it('takes a number that is used again for the one that was registered', () => {
    const selector = create()
    const { old, key, reused } = reuse(selector)
    assertEqual(() => selector.getKey(reused), key)
    assertEqual(() => selector.getKey(old), key)
    assertThrows(() => selector.register(reused, EVENT_READ), keyError)
    assertEqual(() => selector.unregister(reused), key)
    const renewed = selector.register(reused, BOTH)
    assertEqual(() => renewed.fileobj, reused)
    assert.ok(selectAtLeast(selector, 1).every(([ready]) => ready === renewed))
  })

  it('watches by modify() what has the number of a closed one, or refuses it', () => {
    const selector = create()
    const [old] = open()
    selector.register(old, EVENT_READ)
    const ends = takeOver(old, 0)
    let key: SelectorKey
    try {
      key = selector.modify(ends[0], EVENT_READ)
    } catch {
      assert.throws(() => selector.getKey(ends[0]), keyError)
      return
    }
    deliver(fixture, ends, 'data')
    assertReady(selector.select(0), [key, EVENT_READ])
  })

  it('unregisters by the closed object a number that is used again, and leaves its new owner alone', () => {
    const selector = create()
    const { old, key, reused } = reuse(selector)
    const owner = create()
    const owned = owner.register(reused, EVENT_WRITE)
    assertEqual(() => selector.unregister(old), key)
    assertReady(selector.select(0))
    assertReady(owner.select(0), [owned, EVENT_WRITE])
  })

  it('does not report, nor spin on, what was closed and unregistered while a duplicate lives', () => {
    const [reader, writer] = open()
    const selector = create()
    selector.register(reader, EVENT_READ)
    const twin = keep(reader.dup())
    deliver(fixture, [twin, writer], 'data')
    reader.close()
    selector.unregister(reader)
    const before = process.cpuUsage()
    assertWaits(selector, 0.2)
    const { user, system } = process.cpuUsage(before)
    assert.ok((user + system) / 1e6 < 0.1, `${(user + system) / 1e6} s of work in a wait of 0.2 s`)
    const key = selector.register(twin, EVENT_READ)
    assertReady(selector.select(0), [key, EVENT_READ])
  })

  it('does not report a number that is used again for what its former owner’s duplicate does', () => {
    const spare = open()
    const ends = open()
    const [reader, writer] = ends
    const selector = create()
    selector.register(reader, EVENT_READ)
    const twin = keep(reader.dup())
    // On Windows, opening a duplicate takes another number for a moment.
    for (const end of spare) end.close()
    const [idle, source] = takeOver(reader, 0)
    selector.unregister(idle)
    const key = selector.register(idle, EVENT_READ)
    deliver(fixture, [twin, writer], 'data')
    assertWaits(selector, 0.05)
    deliver(fixture, [idle, source], 'data')
    assertReady(selector.select(0), [key, EVENT_READ])
  })

  /** Registers a reader, closes it, and has a writer take its number. */
  function reuse(selector: Selector): { old: End; key: SelectorKey; reused: End } {
    const [old] = open()
    const key = selector.register(old, EVENT_READ)
    return { old, key, reused: takeOver(old, 1)[1] }
  }

  /** Closes an end and has one side of a new pair take its number. */
  function takeOver(old: End, side: 0 | 1): [reader: End, writer: End] {
    const ends = open()
    const fd = old.fileno()
    old.close()
    ends[side] = occupy(fd, ends[side])
    return ends
  }

  /** Makes a duplicate with a number that is free: the lowest, or on Windows a recent one. */
  function occupy(fd: number, end: End): End {
    let twin = keep(end.dup())
    // Others may be free too.
    const others: End[] = []
    for (; others.length < MOST_FREE && twin.fileno() !== fd; twin = keep(end.dup())) others.push(twin)
    assert.equal(twin.fileno(), fd, 'the number is not used again')
    for (const other of others) other.close()
    return twin
  }
}

/** `key` is of a descriptor that is not open, `other` is writable. */
function assertReported(how: Supports['closed'], selector: Selector, key: SelectorKey, other: SelectorKey): void {
  for (const timeout of [0, 0.001]) {
    if (how === 'refused') {
      assertSystemError(() => selector.select(timeout), NOT_OPEN, key.fd, 'closed')
    } else if (how !== 'forgotten') {
      assertReady(selector.select(timeout), [key, key.events], [other, EVENT_WRITE])
    } else {
      assertReady(selector.select(timeout), [other, EVENT_WRITE])
    }
  }
}
