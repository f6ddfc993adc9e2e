import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { EVENT_READ } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'
import { pipe } from '@selectors/socket'

// A program that closes a number twice may close one that is a selector's by then.

/** Each class, and which of its own descriptors: the wake-up's two, with epoll after its set and its queue. */
const own = [
  ...[0, 1, 2, 3].map((which) => [EpollSelector, which] as const),
  ...[PollSelector, SelectSelector].flatMap((Selector) => [0, 1].map((which) => [Selector, which] as const)),
]

describe.each(own)('%p, of whose descriptors number %i is closed by other code', (Selector, which) => {
  it.each(['free', 'reused'])('says so and hangs nowhere, while that is %s', async (then) => {
    const before = anonymous()
    const selector = new Selector()
    const [reader, writer] = pipe()
    selector.register(reader, EVENT_READ)
    selector.waker()
    const outcome = selector.selectAsync({ timeout: 1 }).catch((error) => error.message)
    // The helper thread falls asleep, and is woken by the loop: one that is closed before it has left its system call holds it
    // there for 10 s.
    await setTimeout(200)
    await setTimeout(20)
    const fd = anonymous().filter((number) => !before.includes(number))[which] as number
    closeSync(fd)
    const stranger = then === 'reused' ? openSync(__filename, 'r') : undefined

    const said: string[] = []
    const [other] = pipe()
    const calls = [
      () => selector.register(other, EVENT_READ),
      () => selector.wakeup(),
      () => selector.select(0.1),
      () => selector.unregister(reader),
    ]
    const start = performance.now()
    for (const call of calls) {
      try {
        call()
      } catch (error) {
        said.push((error as Error).message)
      }
    }
    expect(performance.now() - start).toBeLessThan(11_000)
    expect(said).toContainEqual(
      expect.stringMatching(
        new RegExp(`^E(BADF|INVAL): .*: fd ${fd}, the selector's own, was closed by other code: close the selector$`),
      ),
    )
    await outcome
    selector.close()
    // It has left the stranger alone.
    if (stranger !== undefined) closeSync(stranger)
    for (const end of [reader, writer, other]) end.close()
  })
})

/** The descriptors of this process that are of no type, such as an eventfd and an epoll. */
function anonymous(): number[] {
  return readdirSync('/proc/self/fd')
    .filter((fd) => linkOf(fd).startsWith('anon_inode:'))
    .map(Number)
    .sort((a, b) => a - b)
}

function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    // That of the directory itself.
    return ''
  }
}
