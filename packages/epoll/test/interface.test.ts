import { constants } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { EVENT_READ, EVENT_WRITE, EXCLUSIVE, nativePoller, ONE_SHOT, type Poller } from '@selectors/core'
import { loadBinding } from '@selectors/core/binding'
import { EpollSelector } from '@selectors/epoll'
import { pipe } from '@selectors/socket'

const { EBADF, EFAULT, EINVAL } = constants.errno

/** As native-binding.ts has it: what a binding does for any caller, core or another. */
interface Binding {
  readonly control: Int32Array
  readonly timeout: Float64Array
  readonly answer: Int32Array
  attach(ready: unknown): void
  setAlarm(onReady: unknown): void
  [call: string]: unknown
}

const binding = loadBinding({
  package: '@selectors/epoll',
  version: 1,
  directory: () => join(__dirname, '..', 'native'),
}) as unknown as Binding

/** Calls it with `[id, fd, events, flag]`. */
function call(name: string, control: readonly number[] = [], argument?: unknown): number {
  binding.control.set(control)
  ;(binding[name] as (argument?: unknown) => void)(argument)
  return binding.answer[0] as number
}

function wait(id: number, timeout = 0): number {
  binding.timeout[0] = timeout
  return call('wait', [id])
}

const opened: number[] = []
const open = () => {
  const id = call('open', [0, 0, 0, 0])
  opened.push(id)
  return id
}

afterEach(() => {
  for (const id of opened.splice(0)) call('close', [id])
})

describe('a backend object', () => {
  it('gets the lowest number that is free, and closes once', () => {
    const ids = [open(), open(), open()]
    expect(new Set(ids).size).toBe(3)
    const [, second] = ids as [number, number, number]
    expect(call('close', [second])).toBe(0)
    expect(call('close', [second])).toBe(0)
    expect(open()).toBe(second)
    expect(Math.max(open(), open())).toBe(Math.max(...ids) + 2)
  })

  it.each(['fileno', 'add', 'modify', 'remove', 'wait', 'arm', 'disarm', 'keepAlive', 'wake', 'lost', 'publish'])(
    'that is closed, or never was, is refused by %s()',
    (name) => {
      const id = open()
      call('close', [id])
      for (const none of [id, id + 100, -1, 2 ** 31 - 1]) expect(call(name, [none, 0, EVENT_READ, 0])).toBe(-EBADF)
    },
  )

  it('that is closed is refused by attach() and setAlarm()', () => {
    expect(call('attach', [-1], new Int32Array(2))).toBe(-EBADF)
    expect(call('setAlarm', [-1], () => {})).toBe(-EBADF)
  })

  it('writes to no memory but that of numbers that there are', () => {
    const [reader, writer] = pipe()
    const id = open()
    expect(call('add', [id, writer.fileno(), EVENT_WRITE])).toBe(0)
    const ready = new Int32Array(4)
    expect(call('attach', [id], ready)).toBe(0)
    const unfit = [undefined, null, {}, [0, 0], new Uint32Array(4), new Int8Array(64), new DataView(ready.buffer)]
    for (const other of unfit) expect(call('attach', [id], other)).toBe(-EINVAL)
    const gone = new Int32Array(4)
    structuredClone(gone, { transfer: [gone.buffer] })
    for (const small of [gone, new Int32Array(0), new Int32Array(1)]) expect(call('attach', [id], small)).toBe(-EFAULT)
    expect(call('setAlarm', [id, 0, 0, 0], undefined)).toBe(-EINVAL)
    // What was refused has changed nothing.
    expect(wait(id)).toBe(1)
    expect([...ready]).toEqual([writer.fileno(), EVENT_WRITE, 0, 0])
    reader.close()
    writer.close()
  })

  it('keeps the memory that it writes to, and not what it wrote to before', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const id = open()
    const attach = () => {
      const ready = new Int32Array(1024)
      expect(call('attach', [id], ready)).toBe(0)
      return new WeakRef(ready)
    }
    const isKept = async (ready: WeakRef<Int32Array>) => {
      await new Promise(setImmediate)
      collect()
      return ready.deref() !== undefined
    }
    const first = attach()
    expect(await isKept(first)).toBe(true)
    const second = attach()
    expect([await isKept(first), await isKept(second)]).toEqual([false, true])
    call('close', [id])
    expect(await isKept(second)).toBe(false)
  })

  it('watches what it watched before for the same, where it refuses to change that', () => {
    const [reader, writer] = pipe()
    const id = open()
    const ready = new Int32Array(4)
    call('attach', [id], ready)
    expect(call('add', [id, reader.fileno(), EVENT_READ])).toBe(0)
    // See epoll_ctl(2).
    expect(call('modify', [id, reader.fileno(), EVENT_WRITE | EXCLUSIVE | ONE_SHOT])).toBe(-EINVAL)
    writer.write('x')
    for (let i = 0; i < 2; i++) {
      expect(wait(id)).toBe(1)
      expect([...ready]).toEqual([reader.fileno(), EVENT_READ, 0, 0])
    }
    for (const end of [reader, writer]) end.close()
  })

  it('calls nobody once it is disarmed', async () => {
    const POLLS_THE_QUEUE = 2
    const [reader, writer] = pipe()
    const id = open()
    const onReady = jest.fn()
    expect(call('setAlarm', [id, 0, 0, POLLS_THE_QUEUE], onReady)).toBe(0)
    expect(call('arm', [id])).toBe(0)
    expect(call('disarm', [id, 0, 0, 0])).toBe(0)
    expect(call('add', [id, writer.fileno(), EVENT_WRITE])).toBe(0)
    for (let turn = 0; turn < 3; turn++) await setTimeout(1)
    expect(onReady).not.toHaveBeenCalled()
    expect(call('arm', [id])).toBe(0)
    while (onReady.mock.calls.length === 0) await setTimeout(1)
    call('close', [id])
    for (const end of [reader, writer]) end.close()
  })
})

it('a poller that is closed does nothing to the one that has its place by now', () => {
  const pollers: Poller[] = []
  const decorate = (poller: Poller) => {
    pollers.push(poller)
    return poller
  }
  const [reader, writer] = pipe()
  new EpollSelector({ decorate }).close()
  const selector = new EpollSelector()
  const key = selector.register(writer, EVENT_WRITE)
  const [closed] = pollers as [Poller]
  expect(closed.add(reader.fileno(), EVENT_READ)).toBe(-EBADF)
  expect(closed.remove(writer.fileno())).toBe(-EBADF)
  expect(closed.close()).toBe(0)
  expect(selector.select(0)).toEqual([[key, EVENT_WRITE]])
  for (const thing of [selector, reader, writer]) thing.close()
})

describe('a poller', () => {
  const backend = {
    package: '@selectors/epoll',
    systems: 'Linux',
    exists: true,
    directory: () => join(__dirname, '..', 'native'),
    syscalls: { open: 'epoll_create1', control: 'epoll_ctl', wait: 'epoll_wait' },
    supports: { ...EpollSelector.supports, anyDescriptor: false },
  }

  it('of a backend that does not take any descriptor is not to be had for that', () => {
    nativePoller(backend, { anyDescriptor: false })
    expect(() => nativePoller(backend, { anyDescriptor: true })).toThrow(expect.objectContaining({ code: 'ENOTSUP' }))
  })

  it('that could not be armed can be later', async () => {
    const [reader, writer] = pipe()
    const poller = nativePoller(backend)
    expect(poller.arm?.(() => {})).toBe(-EBADF)
    expect(poller.open()).toBe(0)
    poller.add(writer.fileno(), EVENT_WRITE)
    await new Promise<void>((resolve) => expect(poller.arm?.(resolve)).toBeGreaterThanOrEqual(0))
    for (const thing of [poller, reader, writer]) thing.close()
  })
})
