import { EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { PipeEnd } from '@selectors/socket'
import { describeOnEach } from './kqueue'

type Selector = import('@selectors/kqueue').KqueueSelector

describeOnEach('selectors in selectors', ({ name, KqueueSelector }) => {
  const open: { close(): void }[] = []
  afterEach(() => {
    for (const thing of open.splice(0).reverse()) thing.close()
  })

  it('refuse themselves, and cycles, by all descriptors of a queue', () => {
    const [inner, outer] = [create(), create()]
    expect(() => inner.register(twinOf(inner), EVENT_READ)).toThrow(/^EINVAL: .* the selector itself/)
    outer.register(twinOf(inner), EVENT_READ)
    for (const fd of [outer.fileno(), twinOf(outer)]) {
      expect(() => inner.register(fd, EVENT_READ)).toThrow(/^ELOOP: .* is a selector that waits for this one/)
    }
    const outermost = create()
    outermost.register(outer, EVENT_READ)
    expect(() => inner.register(outermost, EVENT_READ)).toThrow('ELOOP')
    expect(inner.select(0)).toEqual([])
  })

  it('forget who waits for whom when that ends', () => {
    for (const end of ['unregister', 'close', 'refuse']) {
      const [first, second, third] = [create(), create(), create()]
      second.register(first, EVENT_READ)
      if (end === 'unregister') second.unregister(first)
      if (end === 'close') second.close()
      if (end === 'refuse') {
        second.unregister(first)
        expect(() => second.register(first, EVENT_WRITE)).toThrow(KNOWN_REFUSALS)
      }
      // macOS keeps the levels that they had.
      if (name === 'macos') return
      if (end !== 'close') first.register(second, EVENT_READ)
      third.register(first, EVENT_READ)
      expect(() => first.register(third, EVENT_READ)).toThrow('ELOOP')
    }
  })

  it('refuse a queue for writing, and say what it is', () => {
    const [inner, outer] = [create(), create()]
    expect(() => outer.register(inner, EVENT_WRITE)).toThrow(KNOWN_REFUSALS)
    expect(() => outer.register(inner, EVENT_READ | EVENT_WRITE)).toThrow(/selector/)
    expect(outer.getMap().size).toBe(0)
    outer.register(inner, EVENT_READ)
  })

  it('nest as deep as the system allows', () => {
    const deepest = name === 'macos' ? 9 : 30
    let outermost = create()
    for (let level = 0; level < deepest; level++) {
      const outer = create()
      outer.register(outermost, EVENT_READ)
      outermost = outer
    }
    if (name !== 'macos') return
    expect(() => create().register(outermost, EVENT_READ)).toThrow(/^EINVAL: .* nested too deeply/)
  })

  function create(): Selector {
    const selector = new KqueueSelector()
    open.push(selector)
    return selector
  }

  /** Another descriptor of a selector's queue. */
  function twinOf(selector: Selector): number {
    const end = PipeEnd.from(selector.fileno())
    const twin = end.dup()
    end.detach()
    open.push(twin)
    return twin.fileno()
  }
})

const KNOWN_REFUSALS = /^(EINVAL|EPERM|ENOTSUP|EOPNOTSUPP): /
