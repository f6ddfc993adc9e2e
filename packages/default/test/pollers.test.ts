import { constants } from 'node:os'
import { EVENT_WRITE, ONE_SHOT, type Poller } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'
import { pipe } from '@selectors/socket'

const pipes = [pipe(), pipe()]
const fds = pipes.map(([, writer]) => writer.fileno()) as [number, number]
afterAll(() => {
  for (const end of pipes.flat()) end.close()
})

/** What a poller does for who gives it less room than a selector does, and asks it for what a selector does not. */
describe.each([EpollSelector, PollSelector, SelectSelector].map((Selector) => [Selector.name, Selector] as const))(
  'the poller of %s',
  (_name, Selector) => {
    let poller: Poller
    let selector: InstanceType<typeof Selector>

    beforeEach(() => {
      const decorate = (own: Poller) => {
        poller = own
        return own
      }
      selector = new Selector({ decorate })
    })
    afterEach(() => selector.close())

    it('keeps the shots for which there is no room', () => {
      const ready = new Int32Array(2)
      const reported: number[] = []
      for (const fd of fds) expect(poller.add(fd, EVENT_WRITE | ONE_SHOT)).toBe(0)
      for (let i = 0; i < fds.length; i++) {
        expect(poller.wait(0, ready)).toBe(1)
        reported.push(ready[0] as number)
      }
      expect(new Set(reported)).toEqual(new Set(fds))
      expect(poller.wait(0, ready)).toBe(0)
    })

    it('has nothing any more that it has removed', () => {
      const ready = new Int32Array(4)
      const [first, second] = fds
      for (const fd of fds) expect(poller.add(fd, EVENT_WRITE)).toBe(0)
      expect(poller.remove(first)).toBe(0)
      expect(poller.remove(first)).toBe(-constants.errno.ENOENT)
      expect(poller.wait(0, ready)).toBe(1)
      expect([...ready]).toEqual([second, EVENT_WRITE, 0, 0])
    })
  },
)
