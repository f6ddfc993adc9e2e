import { constants } from 'node:os'
import { EVENT_WRITE, ONE_SHOT, type Poller } from '@selectors/core'
import { PollSelector } from '@selectors/poll'
import { pipe } from '@selectors/socket'

// What a poller does for who gives it less room than a selector does, and asks it for what a selector does not.

let poller: Poller
let selector: PollSelector
const pipes = [pipe(), pipe()]
const [first, second] = pipes.map(([, writer]) => writer.fileno()) as [number, number]

beforeEach(() => {
  const decorate = (own: Poller) => {
    poller = own
    return own
  }
  selector = new PollSelector({ decorate })
})
afterEach(() => selector.close())
afterAll(() => {
  for (const end of pipes.flat()) end.close()
})

it('keeps the shots for which there is no room', () => {
  const [ready, reported] = [new Int32Array(2), []] as [Int32Array, number[]]
  for (const fd of [first, second]) expect(poller.add(fd, EVENT_WRITE | ONE_SHOT)).toBe(0)
  for (let i = 0; i < 2; i++) {
    expect(poller.wait(0, ready)).toBe(1)
    reported.push(ready[0] as number)
  }
  expect(reported.sort()).toEqual([first, second].sort())
  expect(poller.wait(0, ready)).toBe(0)
})

it('has nothing any more that it has removed', () => {
  const ready = new Int32Array(4)
  for (const fd of [first, second]) expect(poller.add(fd, EVENT_WRITE)).toBe(0)
  expect(poller.remove(first)).toBe(0)
  expect(poller.remove(first)).toBe(-constants.errno.ENOENT)
  expect(poller.wait(0, ready)).toBe(1)
  expect([...ready]).toEqual([second, EVENT_WRITE, 0, 0])
})
