import assert from 'node:assert/strict'
import { closeSync, openSync } from 'node:fs'
import { constants, devNull } from 'node:os'
import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import * as threads from 'node:worker_threads'
import {
  BaseSelector,
  type DataArgument,
  type FileObject,
  filenoOf,
  KeyError,
  type Poller,
  PollerSelector,
  SelectorKey,
  type SelectorMap,
  SystemError,
  supporting,
  ValueError,
} from '@selectors/core'

/** The least that a selector has to bring. */
class MinimalSelector extends BaseSelector<string | undefined, FileObject> {
  readonly calls: unknown[][] = []
  readonly #keys = new Map<number, SelectorKey<string | undefined, FileObject>>()

  override register(fileobj: FileObject, events: number, ...[data]: DataArgument<string | undefined>) {
    this.calls.push(['register', fileobj, events, data])
    const fd = filenoOf(fileobj)
    const key = new SelectorKey(fileobj, fd, events, data)
    this.#keys.set(fd, key)
    return key
  }

  override unregister(fd: number) {
    this.calls.push(['unregister', fd])
    const key = this.getKey(fd)
    this.#keys.delete(fd)
    return key
  }

  override select() {
    return []
  }

  override getMap() {
    return this.#keys as unknown as SelectorMap<string | undefined, FileObject>
  }

  override close() {
    this.calls.push(['close'])
  }
}

describe('BaseSelector', () => {
  it('cannot be constructed', () => {
    expect(() => Reflect.construct(BaseSelector, [])).toThrow(TypeError)
    expect(() => new MinimalSelector()).not.toThrow()
  })

  if ('markAsUncloneable' in threads) {
    it('cannot be posted', () => {
      expect(() => structuredClone(new MinimalSelector())).toThrow(expect.objectContaining({ name: 'DataCloneError' }))
    })
  }

  it('modifies by unregister() and register(), with the file object that was registered', () => {
    const selector = new MinimalSelector()
    selector.register(7, 1, 'old')
    expect(selector.modify(7, 2, 'new')).toEqual({ fileobj: 7, fd: 7, events: 2, data: 'new' })
    expect(selector.modify(7, 3)).toMatchObject({ data: undefined })
    expect(selector.calls.slice(1)).toEqual([
      ['unregister', 7],
      ['register', 7, 2, 'new'],
      ['unregister', 7],
      ['register', 7, 3, undefined],
    ])
    expect(() => selector.modify(8, 1)).toThrow(KeyError)
    expect(() => selector.modify(7, 4)).toThrow(ValueError)
    expect(selector.getKey(7)).toMatchObject({ events: 3 })
  })

  it('modifies by its number what was registered as an object', () => {
    const selector = new MinimalSelector()
    const file = { fd: 7 }
    selector.register(file, 1)
    expect(selector.modify(7, 2).fileobj).toBe(file)
  })

  it('finds keys in the map', () => {
    const selector = new MinimalSelector()
    const key = selector.register(7, 1)
    expect(selector.getKey(7)).toBe(key)
    expect(() => selector.getKey(8)).toThrow(new KeyError('8 is not registered'))
    expect(() => selector.getKey({} as never)).toThrow(ValueError)
  })

  it('cannot do by itself what a backend leaves out', async () => {
    const selector = new MinimalSelector()
    const refusal = (name: string) => expect.objectContaining({ name: 'SystemError', code: 'ENOTSUP', syscall: name })
    expect(() => selector.timedOut).toThrow(refusal('timedOut'))
    expect(() => selector.events()).toThrow(refusal('events'))
    expect(() => selector[Symbol.asyncIterator]()).toThrow(refusal('events'))
    expect(() => selector.wakeup()).toThrow(refusal('wakeup'))
    expect(() => selector.waker()).toThrow(refusal('waker'))
    await expect(selector.selectAsync()).rejects.toEqual(refusal('selectAsync'))
  })

  it('keeps the process alive, for all that it knows', () => {
    const selector = new MinimalSelector()
    expect([selector.ref(), selector.unref()]).toEqual([selector, selector])
    expect(selector.hasRef()).toBe(true)
  })

  it('closes on disposal', () => {
    const selector = new MinimalSelector()
    selector[Symbol.dispose]()
    expect(selector.calls).toEqual([['close']])
  })

  it('has nothing to close by itself', () => {
    expect(BaseSelector.prototype.close.call(new MinimalSelector())).toBeUndefined()
  })
})

describe('PollerSelector', () => {
  const quiet: Poller = {
    open: () => 0,
    fileno: () => -95,
    add: () => 0,
    modify: () => 0,
    remove: () => 0,
    wait: () => 0,
    close: () => 0,
  }

  class QuietSelector<Data, File extends FileObject> extends PollerSelector<Data, File> {
    constructor(poller: Partial<Poller>) {
      super(
        { ...quiet, ...poller },
        { syscalls: { open: 'open_it', control: 'control_it', wait: 'wait_for_it' }, supports: supporting({}) },
      )
    }

    fileno() {
      return this.queueFileno()
    }
  }

  it.each([
    ['open', 'open_it', (selector: () => QuietSelector<unknown, number>) => selector()],
    ['add', 'control_it', (selector: () => QuietSelector<unknown, number>) => selector().register(7, 1)],
    ['wait', 'wait_for_it', (selector: () => QuietSelector<unknown, number>) => selector().select(0)],
    ['fileno', 'open_it', (selector: () => QuietSelector<unknown, number>) => selector().fileno()],
  ] as const)('names the system call of a refused %s()', (method, syscall, call) => {
    expect(() => call(() => new QuietSelector({ [method]: () => -12 }))).toThrow(SystemError)
    expect(() => call(() => new QuietSelector({ [method]: () => -12 }))).toThrow(
      expect.objectContaining({ syscall, code: 'ENOMEM' }),
    )
  })

  it('says what a refusal means, and what came of it', () => {
    const { EBADF, EINVAL, ENOENT, ENOMEM } = constants.errno
    const refused = (errno: number, lost?: number) => {
      const control = { add: () => -errno, modify: () => -errno, wait: () => -errno, wake: () => -errno }
      return new QuietSelector<unknown, FileObject>(lost === undefined ? control : { ...control, lost: () => lost })
    }
    const own = /: fd 5, the selector's own, was closed by other code: close the selector$/
    for (const errno of [EBADF, EINVAL]) {
      for (const call of ['register', 'select', 'wakeup'] as const) {
        expect(() => refused(errno, 5)[call](7, 1)).toThrow(own)
        expect(() => refused(errno, -ENOENT)[call](7, 1)).not.toThrow(own)
      }
    }
    expect(() => refused(ENOMEM, 5).register(7, 1)).toThrow(/: fd 7$/)
    expect(() => refused(EBADF).register(7, 1)).toThrow(/: fd 7 is not open$/)
    const selector = new QuietSelector<unknown, FileObject>({ modify: () => -EBADF })
    selector.register(7, 1)
    expect(() => selector.modify(7, 2)).toThrow(/: fd 7 is not open; it is no longer registered$/)
  })

  it('finds what is registered by nothing but its number, or itself', () => {
    const selector = new QuietSelector<unknown, FileObject>({})
    const closed = { isOpen: true, fileno: () => (closed.isOpen ? 8 : -1) }
    selector.register(7, 1)
    const key = selector.register(closed, 1)
    closed.isOpen = false
    expect(selector.getKey(closed)).toBe(key)
    // Equal to it, for an operator.
    for (const other of [{ valueOf: () => 7 }, '7', { valueOf: () => closed }]) {
      expect(() => selector.getKey(other as never)).toThrow(ValueError)
      expect(selector.getMap().get(other as never)).toBeUndefined()
    }
    const failing = { fileno: () => assert.fail('it fails') }
    selector.unregister(8)
    const registered = { fail: false, fileno: () => (registered.fail ? failing.fileno() : 9) }
    selector.register(registered, 1)
    registered.fail = true
    for (const find of ['getKey', 'unregister'] as const) {
      expect(() => selector[find](registered)).toThrow('it fails')
    }
    expect(selector.getKey(9).fileobj).toBe(registered)
  })

  it('takes a number that the poller has no room for as a wrong one', () => {
    const selector = new QuietSelector({ add: () => -constants.errno.ERANGE })
    expect(() => selector.register(7, 1)).toThrow(ValueError)
    expect(() => selector.register(7, 1)).toThrow(/^fd 7 is out of range: /)
  })

  it('names what was closed, all of it and nothing else, where a wait is refused', () => {
    const fd = openSync(devNull, 'r')
    const selector = new QuietSelector({ wait: () => -constants.errno.EBADF })
    const [first, second] = [2 ** 30, 2 ** 30 + 1]
    for (const number of [first, fd, second]) selector.register(number, 1)
    expect(() => selector.select(0)).toThrow(/: fd 1073741824, 1073741825 was closed: unregister it$/)
    closeSync(fd)
  })

  it('asks the poller for the sockets that were closed, where the system does not say which', () => {
    const { ENOTSOCK } = constants.errno
    const modify: Poller['modify'] = (fd) => (fd === 8 ? -ENOTSOCK : 0)
    const selector = new QuietSelector({ wait: () => -ENOTSOCK, modify })
    for (const fd of [7, 8, 9]) selector.register(fd, 1)
    expect(() => selector.select(0)).toThrow(/: fd 8 was closed: unregister it$/)
  })

  it('takes each negative result for a refusal, and 0 and more for none', () => {
    for (const errno of [1, 2, 3]) {
      const refused = expect.objectContaining({ errno: -errno })
      const refuse = () => -errno
      expect(() => new QuietSelector({ open: refuse })).toThrow(refused)
      expect(() => new QuietSelector({ fileno: refuse }).fileno()).toThrow(refused)
      expect(() => new QuietSelector({ add: refuse }).register(1, 1)).toThrow(refused)
      expect(() => new QuietSelector({ wait: refuse }).select(0)).toThrow(refused)
      expect(() => new QuietSelector({ wake: refuse }).wakeup()).toThrow(refused)
    }
    for (const fd of [0, 1, 7]) expect(new QuietSelector({ fileno: () => fd }).fileno()).toBe(fd)
  })

  it('removes what the poller refuses to modify, from the poller too', () => {
    const removed: number[] = []
    const selector = new QuietSelector({ modify: () => -9, remove: (fd) => removed.push(fd) })
    selector.register(7, 1)
    expect(() => selector.modify(7, 2)).toThrow(expect.objectContaining({ code: 'EBADF' }))
    expect(removed).toEqual([7])
    expect(selector.getMap().size).toBe(0)
  })

  it.each(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC'] as const)(
    'leaves all as it was where modify() gets %s',
    (code) => {
      const asked: number[] = []
      const removed: number[] = []
      const modify = (_fd: number, events: number) => (asked.push(events) > 1 ? 0 : -constants.errno[code])
      const selector = new QuietSelector({ modify, remove: (fd) => removed.push(fd) })
      const key = selector.register(7, 1, 'data')
      expect(() => selector.modify(7, 2)).toThrow(expect.objectContaining({ code }))
      expect([asked, removed]).toEqual([[2, 1], []])
      expect(selector.getKey(7)).toBe(key)
    },
  )

  it('removes what cannot be as it was', () => {
    const selector = new QuietSelector({ modify: () => -constants.errno.ENOMEM })
    selector.register(7, 1)
    expect(() => selector.modify(7, 2)).toThrow('fd 7; it is no longer registered')
    expect(selector.getMap().size).toBe(0)
  })

  it('names who holds a descriptor that is registered already', () => {
    class Holder {
      fd = 7
    }
    const [first, second] = [new Holder(), new Holder()]
    const selector = new QuietSelector({})
    const expectRefused = (file: FileObject, message: string) =>
      expect(() => selector.register(file, 1)).toThrow(
        new KeyError(`${message}: use modify(), or unregister() it first`),
      )
    selector.register(first, 1)
    expectRefused(first, 'a Holder (fd 7) is already registered')
    expectRefused(second, 'a Holder (fd 7) is already registered, by another Holder')
    expectRefused(7, '7 is already registered, by a Holder')
    selector.unregister(7)
    selector.register(7, 1)
    expectRefused(7, '7 is already registered')
    expectRefused(second, 'a Holder (fd 7) is already registered, by its number')
  })

  it('advises no modify() where the file object that is registered was closed', () => {
    class Holder {
      fd = 7
    }
    const [first, second] = [new Holder(), new Holder()]
    const selector = new QuietSelector({})
    selector.register(first, 1)
    first.fd = -1
    const message = 'a Holder (fd 7) is already registered, by another Holder that was closed: unregister() it first'
    expect(() => selector.register(second, 1)).toThrow(new KeyError(message))
  })

  it('says what to do where the system has nothing left', () => {
    const refused = (errno: number) => () => -errno
    const { EMFILE, ERANGE } = constants.errno
    expect(() => new QuietSelector({ open: refused(EMFILE) })).toThrow('RLIMIT_NOFILE')
    expect(() => new QuietSelector({ wake: refused(ERANGE) }).wakeup()).toThrow('FD_SETSIZE (1024)')
    expect(() => new QuietSelector({ waker: refused(ERANGE) }).waker()).toThrow('FD_SETSIZE (1024)')
    expect(() => new QuietSelector({}).wakeup()).toThrow('this selector cannot do that')
  })

  it('asks the poller for what has changed, and for nothing else', () => {
    const asked: unknown[][] = []
    const record =
      (name: string) =>
      (...args: unknown[]) =>
        0 * asked.push([name, ...args])
    const selector = new QuietSelector({ add: record('add'), modify: record('modify'), remove: record('remove') })
    selector.register(7, 1)
    selector.modify(7, 1, 'data')
    selector.modify(7, 2, 'data')
    expect(() => selector.register(7, 1)).toThrow()
    expect(() => selector.unregister(8)).toThrow()
    selector.unregister(7)
    expect(asked).toEqual([
      ['add', 7, 1],
      ['modify', 7, 2],
      ['remove', 7],
    ])
  })

  it('takes 0 for a descriptor like any other', () => {
    const selector = new QuietSelector({
      wait(_timeout, ready) {
        ready.set([0, 1])
        return 1
      },
    })
    const key = selector.register(0, 1)
    expect(selector.getKey(0)).toBe(key)
    expect([...selector.getMap().keys()]).toEqual([0])
    expect(selector.getMap().has({ fd: 0 })).toBe(true)
    expect(selector.select(0)).toEqual([[key, 1]])
    expect(selector.unregister(0)).toBe(key)
    expect(() => selector.getKey(0)).toThrow(KeyError)
  })

  it.each([
    [undefined, -1],
    [null, -1],
    [Number.POSITIVE_INFINITY, -1],
    [1e10, -1],
    [1e9, 1e9],
    [0.25, 0.25],
    [0, 0],
    [-1, 0],
    [Number.NEGATIVE_INFINITY, 0],
  ])('passes the timeout %p on as %p', (timeout, seconds) => {
    const timeouts: number[] = []
    new QuietSelector({ wait: (passed) => timeouts.push(passed) && 0 }).select(timeout)
    expect(timeouts).toEqual([seconds])
  })

  it('refuses from under its select() all that asks the poller, and goes on unharmed', () => {
    let waits = false
    const wait = () => {
      waits = true
      try {
        return underneath()
      } finally {
        waits = false
      }
    }
    const selector = new QuietSelector({ wait, fileno: () => (waits ? -constants.errno.EBUSY : 5) })
    const key = selector.register(7, 1)
    let underneath = () => 0
    const busy = expect.objectContaining({ code: 'ERR_SELECTOR_BUSY', message: expect.stringMatching(/ select\(\)/) })
    underneath = () => {
      const calls = [
        () => selector.register(8, 1),
        () => selector.unregister(7),
        () => selector.modify(7, 2),
        () => selector.select(0),
        () => selector.fileno(),
        () => selector.wakeup(),
        () => selector.waker(),
        () => selector.close(),
        () => selector[Symbol.dispose](),
      ]
      for (const call of calls) expect(call).toThrow(busy)
      expect(selector.getKey(7)).toBe(key)
      expect([...selector.getMap().keys()]).toEqual([7])
      return 0
    }
    expect(selector.select(0)).toEqual([])
    underneath = () => {
      throw new Error('of a poller that throws')
    }
    expect(() => selector.select(0)).toThrow('of a poller that throws')
    underneath = () => 0
    expect(selector.select(0)).toEqual([])
    selector.close()
  })

  it('refuses from under its select() to wait asynchronously', async () => {
    let begun: Promise<unknown> | undefined
    const selector = new QuietSelector({
      fileno: () => -constants.errno.EBUSY,
      wait() {
        begun ??= selector.selectAsync({ timeout: 0 })
        return 0
      },
    })
    expect(selector.select(0)).toEqual([])
    await expect(begun).rejects.toMatchObject({ code: 'ERR_SELECTOR_BUSY' })
  })

  it('is not in select() any more when the script was ended that called it', () => {
    const selector = new QuietSelector({ wait: () => runInNewContext('for (;;);') })
    const key = selector.register(7, 1)
    const endless = () => runInNewContext('selector.select()', { selector }, { timeout: 20 })
    expect(endless).toThrow(expect.objectContaining({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }))
    expect(inspect(selector)).toContain('waiting: false')
    expect(selector.unregister(7)).toBe(key)
    expect(endless).toThrow(expect.objectContaining({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }))
    selector.close()
  })

  it('outlives a poller that transfers its buffer away, and one that counts more than there is', () => {
    let wait: Poller['wait'] = () => 0
    const selector = new QuietSelector({ wait: (timeout, ready) => wait(timeout, ready) })
    const key = selector.register(7, 1)
    const refused = expect.objectContaining({ code: 'EFAULT', message: expect.stringContaining('transfer') })
    wait = (_timeout, ready) => {
      structuredClone(ready.buffer, { transfer: [ready.buffer as ArrayBuffer] })
      return 1
    }
    expect(() => selector.select(0)).toThrow(refused)
    wait = (_timeout, ready) => ready.length / 2 + 1
    expect(() => selector.select(0)).toThrow(refused)
    wait = (_timeout, ready) => {
      ready.set([7, 1], 0)
      return 1
    }
    for (let fd = 100; fd < 200; fd++) selector.register(fd, 1)
    expect(selector.select(0)).toEqual([[key, 1]])
  })

  it('leaves out what a poller reports and nobody has registered', () => {
    const wait: Poller['wait'] = (_timeout, ready) => {
      ready.set([8, 1, 7, 1, 9, 1])
      return 3
    }
    const selector = new QuietSelector({ wait })
    const key = selector.register(7, 1)
    // toEqual() does not see what is left in their place.
    expect(selector.select(0)).toStrictEqual([[key, 1]])
    selector.unregister(7)
    expect(selector.select(0)).toStrictEqual([])
  })

  it('has room for each key in what it waits with, and for one at least', () => {
    const lengths: number[] = []
    const selector = new QuietSelector({ wait: (_timeout, ready) => lengths.push(ready.length) && 0 })
    for (let fd = 0; fd < 200; fd++) {
      selector.select(0)
      selector.register(fd, 1)
    }
    for (const [keys, length] of lengths.entries()) expect(length).toBeGreaterThanOrEqual(2 * Math.max(keys, 1))
  })
})
