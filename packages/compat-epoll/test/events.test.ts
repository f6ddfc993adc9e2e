import { Epoll } from '@selectors/compat-epoll'
import { EpollSelector } from '@selectors/epoll'
import { type PipeEnd, pipe, type Socket, socketpair } from '@selectors/socket'
import { type End, tcpPair } from '@selectors/socket/pairs'
import { Recorder, rounds } from './recorder'

const { EPOLLIN, EPOLLOUT, EPOLLPRI, EPOLLERR, EPOLLHUP, EPOLLRDHUP, EPOLLET, EPOLLONESHOT } = Epoll

let opened: { close(): void }[] = []
afterEach(() => {
  for (const end of opened) end.close()
  opened = []
})

function open<Ends extends readonly { close(): void }[]>(ends: Ends): Ends {
  opened.push(...ends)
  return ends
}

/** A descriptor that is always writable. */
function idle(): number {
  const [writer] = open(socketpair())
  return (writer as Socket).fileno()
}

const halfClose = ([, theirs]: [End, End]) => theirs.finish?.()
const close = ([, theirs]: readonly [unknown, { close(): void }]) => theirs.close()
const closeOurs = ([ours]: readonly [{ close(): void }, unknown]) => ours.close()
const tcp = () => open(tcpPair.open())

it('has the numbers of sys/epoll.h', () => {
  expect({ ...Epoll }).toEqual({
    ...{ EPOLLIN: 1, EPOLLPRI: 2, EPOLLOUT: 4, EPOLLERR: 8, EPOLLHUP: 16, EPOLLRDHUP: 0x2000 },
    ...{ EPOLLONESHOT: 2 ** 30, EPOLLET: 2 ** 31 },
  })
})

describe.each([
  ['data', EPOLLIN, EPOLLIN, () => fdOfPipe(([, writer]) => writer.write('x'))],
  ['room', EPOLLOUT, EPOLLOUT, () => fdOfPipe(() => {}, 1)],
  ['data, not room that was not asked for', EPOLLIN, EPOLLIN, () => fdOfTcp(([, theirs]) => theirs.write('x'))],
  ['data and room', EPOLLIN | EPOLLOUT, EPOLLIN | EPOLLOUT, () => fdOfTcp(([, theirs]) => theirs.write('x'))],
  ['urgent data', EPOLLPRI, EPOLLPRI, () => fdOfTcp(([, theirs]) => theirs.sendUrgent?.())],
  ['the other side’s end', EPOLLRDHUP, EPOLLRDHUP, () => fdOfTcp(halfClose)],
  ['the other side’s end beside data', EPOLLIN | EPOLLRDHUP, EPOLLIN | EPOLLRDHUP, () => fdOfTcp(halfClose)],
  ['the other side’s end, unasked, as data only', EPOLLIN, EPOLLIN, () => fdOfTcp(halfClose)],
  ['the same, though it is closed', EPOLLIN, EPOLLIN, () => fdOfTcp(close)],
  ['a hang-up, unasked', 0, EPOLLHUP, () => fdOfPipe(close)],
  ['a hang-up that is asked for', EPOLLHUP, EPOLLHUP, () => fdOfPipe(close)],
  ['a hang-up as data too', EPOLLIN, EPOLLIN | EPOLLHUP, () => fdOfPipe(close)],
  ['an error, unasked', 0, EPOLLERR, () => fdOfPipe(closeOurs, 1)],
  ['an error that is asked for', EPOLLERR, EPOLLERR, () => fdOfPipe(closeOurs, 1)],
])('%s', (_what, asked, events, make) => {
  it.each([
    ['by add()', false],
    ['by modify()', true],
  ])('is reported, %s', async (_how, modified) => {
    const fd = make()
    const recorder = new Recorder()
    if (modified) recorder.epoll.add(fd, EPOLLIN | EPOLLONESHOT).modify(fd, asked)
    else recorder.epoll.add(fd, asked)
    await recorder.times(2)
    expect(recorder.told).toEqual(recorder.told.map(() => [fd, events]))
  })

  it.each([
    ['EPOLLONESHOT', EPOLLONESHOT],
    ['EPOLLET', EPOLLET],
  ])('is reported once with %s, and again after modify()', async (_mode, mode) => {
    const fd = make()
    const recorder = new Recorder()
    recorder.epoll.add(fd, asked | mode)
    await recorder.times(1)
    await rounds(idle())
    recorder.epoll.modify(fd, asked | mode)
    await recorder.times(2)
    await rounds(idle())
    expect(recorder.told).toEqual([
      [fd, events],
      [fd, events],
    ])
  })
})

describe.each([0, EPOLLPRI, EPOLLHUP, EPOLLPRI | EPOLLONESHOT, EPOLLPRI | EPOLLET])('with events %i', (events) => {
  it('the other side’s end is not reported, and not found again and again', async () => {
    const fd = fdOfTcp(halfClose)
    const recorder = new Recorder()
    recorder.epoll.add(fd, events)
    await rounds(idle())
    const waits = jest.spyOn(EpollSelector.prototype, 'selectAsync')
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(waits.mock.calls.length).toBeLessThan(3)
    waits.mockRestore()
    expect(recorder.told).toEqual([])
  })
})

it('what comes after the other side’s end that nobody asked for is reported', async () => {
  const [ours, theirs] = tcp()
  theirs.finish?.()
  const recorder = new Recorder()
  recorder.epoll.add(ours.fileno(), EPOLLPRI | EPOLLONESHOT)
  await rounds(idle())
  recorder.epoll.modify(ours.fileno(), EPOLLOUT | EPOLLONESHOT)
  await recorder.times(1)
  await rounds(idle())
  expect(recorder.told).toEqual([[ours.fileno(), EPOLLOUT]])
})

it('with EPOLLET, each arrival is reported', async () => {
  const [reader, writer] = open(pipe())
  const recorder = new Recorder()
  recorder.epoll.add(reader.fileno(), EPOLLIN | EPOLLET)
  for (let arrivals = 1; arrivals <= 3; arrivals++) {
    writer.write('x')
    await recorder.times(arrivals)
    await rounds(idle())
    expect(recorder.told).toHaveLength(arrivals)
  }
})

function fdOfPipe(act: (ends: [PipeEnd, PipeEnd]) => void, index = 0): number {
  const ends = open(pipe())
  act(ends)
  return (ends[index] as PipeEnd).fileno()
}

function fdOfTcp(act: (ends: [End, End]) => void): number {
  const ends = tcp()
  act(ends)
  return ends[0].fileno()
}
