import { type AddressInfo, connect, createServer } from 'node:net'
import { constants } from 'node:os'
import { inspect } from 'node:util'
import {
  EVENT_READ,
  EVENT_WRITE,
  type Mechanism,
  nodeFile,
  ONE_SHOT,
  type Poller,
  PollerSelector,
  supporting,
} from '@selectors/core'

const poller: Poller = {
  open: () => 0,
  fileno: () => 5,
  add: () => 0,
  modify: () => 0,
  remove: () => 0,
  wait: () => 0,
  close: () => 0,
  arm: () => 0,
  disarm: () => 0,
}

class ShownSelector extends PollerSelector {
  constructor(fileno = true) {
    super(poller, mechanism(fileno))
  }
}

function mechanism(fileno = true): Mechanism {
  return {
    syscalls: { open: 'open', control: 'control', wait: 'wait' },
    supports: supporting({ fileno, modes: ONE_SHOT }),
  }
}

/** What must not be called to show it. */
class Untouchable {
  #asked = 0
  fileno(): number {
    if (this.#asked++ > 0) throw new Error('fileno() was called')
    return 7
  }
  get secret(): string {
    throw new Error('secret was called')
  }
}

describe('console.log() of a selector', () => {
  it('shows what is registered, its descriptor and whether it is waited for', () => {
    const selector = new ShownSelector()
    selector.register(new Untouchable() as never, EVENT_READ | EVENT_WRITE | ONE_SHOT, 'data')
    const keys = `keys: [
    SelectorKey {
      fileobj: Untouchable {},
      fd: 7,
      events: EVENT_READ | EVENT_WRITE | ONE_SHOT,
      data: 'data'
    }
  ]
}`
    const text = inspect(selector, { breakLength: 60, depth: 3 }).replace(/\s+/g, ' ')
    expect(text).toBe(`ShownSelector { fd: 5, waiting: false, ${keys}`.replace(/\s+/g, ' '))
    selector.selectAsync().catch(() => {})
    expect(inspect(selector)).toContain('waiting: true')
    selector.close()
    expect(inspect(selector)).toBe('ShownSelector { closed: true }')
  })

  it('shows no descriptor where there is none', () => {
    expect(inspect(new ShownSelector(false))).toBe('ShownSelector { waiting: false, keys: [] }')
  })

  it('shows from under select() that it waits, and no descriptor', () => {
    const shown: string[] = []
    class BlockedSelector extends PollerSelector {
      constructor() {
        super(
          { ...poller, fileno: () => -constants.errno.EBUSY, wait: () => 0 * shown.push(inspect(this)) },
          mechanism(),
        )
      }
    }
    new BlockedSelector().select(0)
    expect(shown).toEqual(['BlockedSelector { waiting: true, keys: [] }'])
  })

  it('goes as deep as it is told', () => {
    const selector = new ShownSelector()
    const key = selector.register(7, EVENT_READ)
    expect(inspect({ in: { a: { b: selector } } })).toContain('b: [ShownSelector]')
    expect(inspect(selector, { depth: 0 })).toContain('keys: [Array]')
    expect(inspect([key], { depth: 0 })).toContain('[SelectorKey]')
    expect(inspect(selector, { customInspect: false })).toBe('ShownSelector {}')
  })

  it('ends where what is registered leads back to it', () => {
    const selector = new ShownSelector()
    selector.register(7, EVENT_READ, { selector })
    expect(inspect(selector, { depth: null })).toContain('selector: [Circular]')
    expect(inspect(selector.getMap(), { depth: null })).toContain('[Circular]')
  })

  it('does not fail for a prototype, an heir or a proxy', () => {
    const selector = new ShownSelector()
    const shown = [selector, selector.getMap(), selector.register(7, EVENT_READ), nodeFile(createServer())]
    for (const object of shown) {
      for (const other of [Object.getPrototypeOf(object), Object.create(object), new Proxy(object, {})]) {
        expect(inspect(other)).toMatch(/^(?!.*waiting).*\{/s)
      }
    }
  })

  it('is in colour where that is asked for', () => {
    const selector = new ShownSelector()
    selector.register(7, EVENT_READ)
    expect(inspect(selector, { colors: true, depth: 3 })).toContain('\u001b[36mEVENT_READ\u001b[39m')
  })
})

it('console.log() of a map shows its keys', () => {
  const selector = new ShownSelector()
  selector.register(7, EVENT_WRITE, 'data')
  expect(inspect(selector.getMap(), { breakLength: 200 })).toBe(
    "Map(1) { 7 => SelectorKey { fileobj: 7, fd: 7, events: EVENT_WRITE, data: 'data' } }",
  )
})

it('console.log() of a file of Node’s shows its descriptor, and not all of the object', async () => {
  const server = createServer()
  const file = nodeFile(server)
  expect(inspect(file)).toBe('NodeFile { fd: -1, object: [Server] }')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  expect(inspect(file)).toBe(`NodeFile { fd: ${file.fileno()}, object: [Server] }`)
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  const connection = nodeFile(socket)
  expect(inspect(connection)).toBe(`NodeFile { fd: ${connection.fileno()}, object: [Socket] }`)
  socket.destroy()
  expect(inspect(connection)).toBe('NodeFile { fd: -1, object: [Socket] }')
  server.close()
})
