import { spawn } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { EVENT_ERROR, EVENT_HANGUP, EVENT_PRIORITY, EVENT_READ, EVENT_WRITE } from '@selectors/core'
import { EpollSelector } from '@selectors/epoll'
import { PollSelector } from '@selectors/poll'
import { SelectSelector } from '@selectors/select'
import {
  AF_INET,
  MSG_OOB,
  pipe,
  SHUT_RDWR,
  SHUT_WR,
  SO_LINGER,
  SO_OOBINLINE,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  socketpair,
} from '@selectors/socket'

const ALL = EVENT_READ | EVENT_WRITE | EVENT_PRIORITY | EVENT_HANGUP | EVENT_ERROR
const opened: { close(): void }[] = []
const keep = <Thing extends { close(): void }>(thing: Thing): Thing => {
  opened.push(thing)
  return thing
}
afterEach(() => {
  for (const thing of opened.splice(0).reverse()) thing.close()
})

describe.each([EpollSelector, PollSelector, SelectSelector])('%p', (Selector) => {
  const { events } = Selector.supports

  /** What is ready of a file object within a second, of some events. */
  const maskOf = (fileobj: Socket | number | { fileno(): number }, wanted = ALL, expected = 0): number => {
    using selector = new Selector()
    selector.register(fileobj, wanted & events)
    const end = performance.now() + 1000
    let mask = 0
    do mask = selector.select(expected === 0 ? 0 : 0.01)[0]?.[1] ?? 0
    while ((mask & expected & events) !== (expected & events) && performance.now() < end)
    return mask
  }

  it.each([false, true])('tells urgent data of TCP until it is read, inline: %p', (inline) => {
    const [server, client] = connect()
    server.setSockOpt(SOL_SOCKET, SO_OOBINLINE, inline)
    client.send('abc', MSG_OOB)
    expect(maskOf(server, ALL, EVENT_READ | EVENT_PRIORITY)).toBe(EVENT_READ | EVENT_WRITE | EVENT_PRIORITY)
    if (inline) {
      expect(server.recv(8).toString()).toBe('ab')
      expect(maskOf(server)).toBe(EVENT_READ | EVENT_WRITE | EVENT_PRIORITY)
      expect(server.recv(8).toString()).toBe('c')
    } else {
      expect(server.recv(1, MSG_OOB).toString()).toBe('c')
    }
    expect(maskOf(server) & EVENT_PRIORITY).toBe(0)
  })

  it.each([
    ['TCP', () => connect()],
    ['UNIX', () => socketpair().map(keep) as [Socket, Socket]],
  ] as const)('tells a half-closed %s socket from one that is shut down both ways', (_name, open) => {
    const [ours, theirs] = open()
    theirs.shutdown(SHUT_WR)
    const ended = EVENT_READ | EVENT_WRITE | EVENT_HANGUP
    expect(maskOf(ours, ALL, ended)).toBe(ended & events)
    expect(maskOf(theirs)).toBe(EVENT_WRITE)
    ours.shutdown(SHUT_RDWR)
    expect(maskOf(theirs, ALL, ended) & ended).toBe(ended & events)
  })

  it('tells a reset', () => {
    const [ours, theirs] = connect()
    theirs.setSockOpt(SOL_SOCKET, SO_LINGER, new Uint8Array(new Int32Array([1, 0]).buffer))
    theirs.close()
    const reset = EVENT_READ | EVENT_WRITE | EVENT_HANGUP | EVENT_ERROR
    expect(maskOf(ours, ALL, reset) & reset).toBe(reset & events)
  })

  it('tells an error of UDP until it is taken', () => {
    const nobody = keep(new Socket(AF_INET, SOCK_DGRAM))
    nobody.bind(['127.0.0.1', 0])
    const socket = keep(new Socket(AF_INET, SOCK_DGRAM))
    socket.connect(nobody.getSockName())
    nobody.close()
    socket.send('x')
    expect(maskOf(socket, ALL, EVENT_READ | EVENT_ERROR) & (EVENT_READ | EVENT_ERROR)).toBe(
      (EVENT_READ | EVENT_ERROR) & events,
    )
    expect(() => socket.recv(1)).toThrow('ECONNREFUSED')
    expect(maskOf(socket)).toBe(EVENT_WRITE)
  })

  it('tells a full pipe whose reader goes', () => {
    const [reader, writer] = pipe().map(keep) as ReturnType<typeof pipe>
    writer.setBlocking(false)
    expect(() => {
      for (;;) writer.write(Buffer.alloc(4096))
    }).toThrow('EAGAIN')
    expect(maskOf(writer, EVENT_WRITE | EVENT_HANGUP | EVENT_ERROR)).toBe(0)
    reader.close()
    expect(maskOf(writer, EVENT_WRITE | EVENT_HANGUP | EVENT_ERROR)).toBe((EVENT_WRITE | EVENT_ERROR) & events)
  })
})

const pressure = open('/proc/pressure/cpu', 'r+')
if (pressure === undefined) console.warn('not run: this kernel has no /proc/pressure, or it is not ours to write to')
else {
  it('tells a crossed threshold of /proc/pressure, to selectAsync() too', async () => {
    const fd = pressure
    // Of any window of 2 s in which something waits for a processor for 1 ms.
    writeSync(fd, 'some 1000 2000000\0')
    keep({ close: () => closeSync(fd) })
    using selector = new EpollSelector()
    const key = selector.register(fd, EVENT_PRIORITY)
    const busy = Array.from({ length: 4 }, () => spawn('timeout', ['10', 'sh', '-c', 'while :; do :; done']))
    keep({ close: () => busy.map((child) => child.kill()) })
    expect(await selector.selectAsync({ timeout: 8 })).toEqual([[key, EVENT_PRIORITY]])
  }, 20_000)
}

function open(path: string, flags: string): number | undefined {
  try {
    return openSync(path, flags)
  } catch {
    return undefined
  }
}

function connect(): [server: Socket, client: Socket] {
  const listener = new Socket(AF_INET, SOCK_STREAM)
  try {
    listener.bind(['127.0.0.1', 0])
    listener.listen(1)
    const client = keep(new Socket(AF_INET, SOCK_STREAM))
    client.connect(listener.getSockName())
    return [keep(listener.accept()[0]), client]
  } finally {
    listener.close()
  }
}
