import type { Poller } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'
import { type PipeEnd, pipe } from '@selectors/socket'

// What a decorator of a native poller may do to the memory that the binding writes to.
const backends = { EpollSelector, PollSelector, SelectSelector }

/** Since Node.js 20, but not in its types. */
type Resizable = ArrayBuffer & { resize(size: number): void }

let ends: [PipeEnd, PipeEnd]
beforeEach(() => {
  ends = pipe()
})
afterEach(() => {
  for (const end of ends) end.close()
})

describe.each(Object.entries(backends))('%s', (_name, Selector) => {
  /** A selector of which each wait gets a buffer that something was done to. */
  function decorated(decorate: (poller: Poller, timeout: number, ready: Int32Array) => number) {
    const decorateIt = (poller: Poller): Poller => ({
      ...bound(poller),
      wait: (timeout, ready) => decorate(poller, timeout, ready),
    })
    return new Selector({ decorate: decorateIt })
  }

  it('refuses a buffer whose memory was transferred away, before and after a wait, and works with the next', async () => {
    let fault: 'before' | 'after' | undefined
    using selector = decorated((poller, timeout, ready) => {
      if (fault === 'before') transfer(ready)
      const count = poller.wait(timeout, ready)
      if (fault === 'after') transfer(ready)
      return count
    })
    const key = selector.register(ends[0], 1)
    ends[1].write('x')
    const refused = { code: 'EFAULT', message: expect.stringContaining('transfer') }
    for (const [when, again] of [
      ['before', 'after'],
      ['after', 'before'],
      ['before', 'before'],
    ] as const) {
      expect(selector.select()).toEqual([[key, 1]])
      fault = when
      expect(() => selector.select()).toThrow(expect.objectContaining(refused))
      fault = again
      await expect(selector.selectAsync()).rejects.toMatchObject(refused)
      fault = undefined
      expect(selector.select()).toEqual([[key, 1]])
      expect(await selector.selectAsync()).toEqual([[key, 1]])
    }
  })

  it('takes a buffer that shrinks and grows, as much as there is of it', () => {
    const memory = Reflect.construct(ArrayBuffer, [256, { maxByteLength: 256 }]) as Resizable
    const own = new Int32Array(memory)
    using selector = decorated((poller, timeout, ready) => {
      const count = poller.wait(timeout, own)
      if (count > 0) ready.set(own.subarray(0, 2 * count))
      return count
    })
    const key = selector.register(ends[1], 2)
    for (const numbers of [64, 2, 32, 4]) {
      memory.resize(4 * numbers)
      expect(selector.select()).toEqual([[key, 2]])
    }
    memory.resize(0)
    expect(() => selector.select()).toThrow(expect.objectContaining({ code: 'EFAULT' }))
  })

  describe('a debugger that comes when wait() is entered', () => {
    /** A selector, and what calls something before its next wait. */
    function interrupted() {
      let interruption: (() => void) | undefined
      const selector = decorated((poller, timeout, ready) => {
        const interrupt = interruption
        interruption = undefined
        interrupt?.()
        return poller.wait(timeout, ready)
      })
      const interrupt = (call: () => void) => {
        interruption = call
      }
      return { selector, interrupt }
    }

    it('may register more than there was room for', async () => {
      for (const wait of ['select', 'selectAsync'] as const) {
        const { selector, interrupt } = interrupted()
        const key = selector.register(ends[0], 1)
        const others = Array.from({ length: 100 }, () => pipe())
        interrupt(() => {
          for (const [, writer] of others) selector.register(writer, 2)
          expect(selector.select(0).length).toBeGreaterThanOrEqual(100)
          for (const [, writer] of others) selector.unregister(writer)
          ends[1].write('x')
        })
        // An asynchronous wait looks when something is ready.
        if (wait === 'selectAsync') ends[1].write('x')
        expect(await selector[wait]()).toEqual([[key, 1]])
        selector.close()
        ends[0].read(100)
        for (const end of others.flat()) end.close()
      }
    })

    it('may close the selector', async () => {
      const closed = expect.objectContaining({ name: 'SelectorClosedError' })
      for (const wait of ['select', 'selectAsync'] as const) {
        const { selector, interrupt } = interrupted()
        selector.register(ends[1], 2)
        interrupt(() => selector.close())
        await expect((async () => selector[wait]())()).rejects.toEqual(closed)
      }
    })
  })
})

function transfer(ready: Int32Array): void {
  structuredClone(ready.buffer, { transfer: [ready.buffer as ArrayBuffer] })
}

/** A poller's methods, which may be called apart from it. */
function bound(poller: Poller): Poller {
  const names = [
    'open',
    'fileno',
    'add',
    'modify',
    'remove',
    'wait',
    'close',
    'wake',
    'waker',
    'arm',
    'disarm',
    'keepAlive',
  ] as const
  return Object.fromEntries(names.map((name) => [name, poller[name]?.bind(poller as never)])) as unknown as Poller
}
