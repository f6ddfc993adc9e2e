// Not run, but compiled: what users of npm's epoll write must type-check, and what they must not write must not.
import { Epoll, type EpollCallback } from '@selectors/compat-epoll'

export function asItsPageShows(fd: number): void {
  const callback: EpollCallback = (error, ready, events) => {
    if (error !== null) throw error
    console.log(ready.toFixed(), events & Epoll.EPOLLPRI)
  }
  const epoll: Epoll = new Epoll(callback).add(fd, Epoll.EPOLLPRI | Epoll.EPOLLONESHOT).modify(fd, Epoll.EPOLLIN)
  if (!epoll.closed) epoll.remove(fd).close()
}

export function whatMustNotBe(epoll: Epoll): void {
  // @ts-expect-error a callback is needed
  new Epoll()
  // @ts-expect-error the events are needed
  epoll.add(0)
  // @ts-expect-error close() returns no Epoll
  epoll.close().add(0, Epoll.EPOLLIN)
  // @ts-expect-error is for reading
  epoll.closed = true
  // @ts-expect-error is for reading
  Epoll.EPOLLIN = 2
}
