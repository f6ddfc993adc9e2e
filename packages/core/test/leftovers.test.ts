import { constants } from 'node:os'
import {
  EDGE_TRIGGERED,
  EVENT_ERROR,
  EVENT_PRIORITY,
  EVENT_READ,
  EVENT_WRITE,
  ONE_SHOT,
  type Poller,
  PollerSelector,
  supporting,
} from '@selectors/core'

// What a loop over a selector was given and has not come to, when it ends: `select()` then finds it, where the system would not.

const [r, w, p, e] = [EVENT_READ, EVENT_WRITE, EVENT_PRIORITY, EVENT_ERROR]
const FIRST = 7
const FD = 8

/** Finds what it is told. */
class ToldPoller implements Poller {
  found: readonly [fd: number, mask: number][] = []
  /** What comes before a wait, from a debugger. */
  interruption = () => {}
  refusal = 0
  readonly modified: number[][] = []
  open = () => 0
  fileno = () => -95
  add = () => 0
  remove = () => 0
  close = () => 0
  disarm = () => 0
  modify(fd: number, events: number) {
    this.modified.push([fd, events])
    return 0
  }
  wait(_timeout: number, ready: Int32Array) {
    this.interruption()
    ready.set(this.found.flat())
    return this.refusal === 0 ? this.found.length : this.refusal
  }
  /** Whether an asynchronous wait learns what is found. */
  tells = true
  onReady = () => {}
  arm(onReady: () => void) {
    this.onReady = onReady
    if (this.tells) setImmediate(onReady)
    return 0
  }
}

class ToldSelector extends PollerSelector<undefined, number> {
  constructor(poller: Poller) {
    super(poller, {
      syscalls: { open: 'open', control: 'control', wait: 'wait' },
      supports: supporting({ events: r | w | p | e, modes: EDGE_TRIGGERED | ONE_SHOT }),
    })
  }
}

function prepare(events: number) {
  const poller = new ToldPoller()
  const selector = new ToldSelector(poller)
  selector.register(FIRST, r)
  selector.register(FD, events)
  /** Begins a loop that is given a mask for FD, and comes to FIRST only. */
  const begin = async (mask: number) => {
    poller.found = [
      [FIRST, r],
      [FD, mask],
    ]
    const loop = selector.events()
    expect((await loop.next()).value[0].fd).toBe(FIRST)
    return loop
  }
  const select = (...found: [fd: number, mask: number][]) => {
    poller.found = found
    return selector.select(0).map(([{ fd }, mask]) => [fd, mask])
  }
  return { poller, selector, begin, select }
}

it.each<[what: string, events: number, mask: number, left: number]>([
  ['is exceptional', p | r, r | p | e, p | e],
  ['is not exceptional', p | r, r, 0],
  ['is an error alone', p | e, e, 0],
  ['nobody has registered for as exceptional', r | e, r | e, 0],
  ['is told once: an edge', p | r | EDGE_TRIGGERED, r, r],
  ['is told once: a shot', p | w | ONE_SHOT, w, w],
])('keeps as much as it has to of what %s', async (_, events, mask, left) => {
  const { begin, select } = prepare(events)
  await (await begin(mask)).return?.()
  expect(select()).toEqual(left === 0 ? [] : [[FD, left]])
  expect(select()).toEqual([])
})

it('is added to what is found besides', async () => {
  const { begin, select } = prepare(p | r | w | EDGE_TRIGGERED)
  await (await begin(r)).return?.()
  expect(select([FIRST, r], [FD, w])).toEqual([
    [FIRST, r],
    [FD, r | w],
  ])
  await (await begin(p)).return?.()
  expect(select([FIRST, r])).toEqual([
    [FIRST, r],
    [FD, p],
  ])
})

it('is all that several loops have left', async () => {
  const { begin, select } = prepare(p | r | w | EDGE_TRIGGERED)
  const loops = [await begin(r), await begin(w | p)]
  for (const loop of loops) await loop.return?.()
  expect(select()).toEqual([[FD, r | w | p]])
})

it('is not found where the system brings it back, which is asked for', async () => {
  const { poller, begin, select } = prepare(r | ONE_SHOT)
  await (await begin(r)).return?.()
  expect(poller.modified).toEqual([[FD, r | ONE_SHOT]])
  expect(select()).toEqual([])
})

it.each<[what: string, change: (selector: ToldSelector) => void]>([
  ['unregistered', (selector) => selector.register(selector.unregister(FD).fd, p | r)],
  ['modified', (selector) => selector.modify(FD, p | w)],
])('is not found for what was %s since', async (_, change) => {
  const { selector, begin, select } = prepare(p | r)
  await (await begin(p)).return?.()
  change(selector)
  expect(select()).toEqual([])
})

it('stays where a wait is refused, and is found by one that is woken', async () => {
  const { poller, begin, select } = prepare(p | r)
  await (await begin(p)).return?.()
  poller.refusal = -constants.errno.ENOMEM
  expect(() => select()).toThrow(expect.objectContaining({ code: 'ENOMEM' }))
  poller.refusal = -constants.errno.EINTR
  expect(select()).toEqual([[FD, p]])
  expect(select()).toEqual([])
})

it('is looked for by a wait, which tells what that is refused with', async () => {
  const { poller, selector, begin, select } = prepare(p | r)
  const loop = await begin(p)
  poller.found = []
  poller.tells = false
  const wait = selector.selectAsync()
  poller.refusal = -constants.errno.ENOMEM
  await loop.return?.()
  await expect(wait).rejects.toMatchObject({ code: 'ENOMEM' })
  poller.refusal = 0
  expect(select()).toEqual([[FD, p]])
})

it('is all that ends a wait: what has no key does not', async () => {
  const { poller, selector } = prepare(r)
  poller.found = [[FD + 1, r]]
  let isOver = false
  const wait = selector.selectAsync().finally(() => {
    isOver = true
  })
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
  expect(isOver).toBe(false)
  poller.found = [[FD, r]]
  expect(await wait).toEqual([[selector.getKey(FD), r]])
})

it('is looked for by a wait each time that something is left, and by none that is over', async () => {
  const { poller, selector, begin, select } = prepare(p | r)
  const [gone, left, other] = [await begin(p), await begin(p), await begin(p)]
  poller.found = []
  poller.tells = false
  const wait = selector.selectAsync()
  await gone.return?.()
  // Another wait takes it before the look.
  expect(select()).toEqual([[FD, p]])
  await new Promise(setImmediate)
  await left.return?.()
  expect(await wait).toEqual([[selector.getKey(FD), p]])
  const controller = new AbortController()
  const aborted = selector.selectAsync({ signal: controller.signal })
  await other.return?.()
  controller.abort()
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
  await new Promise(setImmediate)
  expect(select()).toEqual([[FD, p]])
})

it('is what a wait brings to a loop that has just ended', async () => {
  const { poller, selector, select } = prepare(p | r)
  poller.found = [
    [FIRST, r],
    [FD, p],
  ]
  poller.tells = false
  const loop = selector.events()
  const next = loop.next()
  await new Promise(setImmediate)
  poller.onReady()
  await loop.return?.()
  await next
  expect(select()).toEqual([[FD, p]])
})

describe('what the system refuses is told', () => {
  const refused = { name: 'SystemError', code: 'EIO', syscall: 'wait' }

  it('when a wait looks for what is left over', async () => {
    const { poller, selector, begin } = prepare(p)
    await (await begin(p)).return?.()
    poller.tells = false
    poller.refusal = -constants.errno.EIO
    await expect(selector.selectAsync()).rejects.toMatchObject(refused)
  })

  it('when a wait has been told of something', async () => {
    const { poller, selector } = prepare(p)
    poller.refusal = -constants.errno.EIO
    await expect(selector.selectAsync()).rejects.toMatchObject(refused)
  })
})

it('stays where a wait has no room for it, because a debugger has registered more meanwhile', async () => {
  const { poller, selector, select } = prepare(p | r)
  const [left, late] = [100, 200].map((first) => Array.from({ length: 20 }, (_, i) => first + i)) as [
    number[],
    number[],
  ]
  for (const fd of left) selector.register(fd, p)
  poller.found = [[FIRST, r], ...left.map((fd): [number, number] => [fd, p])]
  const loop = selector.events()
  await loop.next()
  await loop.return?.()
  poller.interruption = () => {
    poller.interruption = () => {}
    for (const fd of late) selector.register(fd, r)
  }
  expect(select(...late.map((fd): [number, number] => [fd, r]))).toEqual(late.map((fd) => [fd, r]))
  expect(select()).toEqual(left.map((fd) => [fd, p]))
})
