import { execFile } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runInNewContext } from 'node:vm'
import { EpollSelector } from '@selectors/epoll'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'
import { pipe } from '@selectors/socket'

const { EBUSY } = constants.errno
const busy = expect.stringMatching(/^SelectorBusyError: .* select\(\)/)

/** What a debugger evaluates while the thread is blocked in a selector, and what comes of it. */
const evaluated: readonly [expression: string, value: unknown][] = [
  ['selector.close()', busy],
  ['selector[Symbol.dispose]()', busy],
  ['selector.register(free, 2)', busy],
  ['selector.modify(reader, 2)', busy],
  ['selector.unregister(reader)', busy],
  ['selector.select(0)', busy],
  ['selector.wakeup()', busy],
  ['selector.waker()', busy],
  // A poller is somebody's own, which nothing but the binding itself protects.
  ['poller.close()', -EBUSY],
  ['poller.add(free.fileno(), 2)', -EBUSY],
  ['poller.modify(reader.fileno(), 2)', -EBUSY],
  ['poller.remove(reader.fileno())', -EBUSY],
  ['poller.wait(0, new Int32Array(4))', -EBUSY],
  ['poller.wake()', -EBUSY],
  ['poller.waker()', -EBUSY],
  ['poller.arm(() => {})', -EBUSY],
  ['selector.getKey(reader).fd === reader.fileno()', true],
  ['selector.getMap().size', 1],
  ['selector.unref().hasRef()', false],
  ['selector.ref().hasRef()', true],
  ['controller.abort()', null],
  // Others share the memory that arguments and results go through.
  ['other.register(free, 2).events', 2],
  ['other.select(0).length', 1],
  ['other.wakeup()', null],
  ['new Selector().register(reader, 1).events', 1],
  ['Array.from({ length: 100 }, () => new Selector()).map((one) => one.close()).length', 100],
]

it.each([
  ['epoll', 'EpollSelector'],
  ['poll', 'PollSelector'],
  ['select', 'SelectSelector'],
])(
  '%s refuses what a debugger calls under its select(), which goes on unharmed',
  async (name, className) => {
    const program = join(__dirname, 'fixtures', 'under-select.cjs')
    const args = [program, `@selectors/${name}`, className, ...evaluated.map(([expression]) => expression)]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const { values, ...ends } = JSON.parse(stdout)
    expect(evaluated.map(([expression], i) => [expression, values[i]])).toEqual(evaluated)
    expect(ends).toEqual({ batch: [[true, 1]], late: false, afterwards: [2, 1], waiting: 'AbortError' })
  },
  120_000,
)

it.each([EpollSelector, PollSelector, SelectSelector].map((Selector) => [Selector.name, Selector] as const))(
  '%s is as before after a select() that a timeout of node:vm has ended',
  (_name, Selector) => {
    const [reader, writer] = pipe()
    using selector = new Selector()
    const key = selector.register(reader, 1)
    for (let timeout = 1; timeout <= 10; timeout++) {
      // V8 runs no `finally` then, wherever in there it is.
      const select = () => runInNewContext('for (;;) selector.select(0)', { selector }, { timeout })
      expect(select).toThrow(expect.objectContaining({ code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' }))
      selector.modify(reader, 1)
    }
    writer.write('x')
    expect(selector.select().map(([{ fd }]) => fd)).toEqual([key.fd])
    for (const end of [reader, writer]) end.close()
  },
)
