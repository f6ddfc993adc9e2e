import { Epoll } from '@selectors/compat-epoll'

const open = new Set<Recorder>()

afterEach(() => {
  for (const { epoll } of open) if (!epoll.closed) epoll.close()
  open.clear()
})

/** An Epoll that keeps what it is told. */
export class Recorder {
  readonly told: [fd: number, events: number][] = []
  readonly epoll: Epoll
  #notify = () => {}

  /** @param act what the callback does besides */
  constructor(act: (fd: number, events: number) => void = () => {}) {
    this.epoll = new Epoll((error, fd, events) => {
      if (error) throw error
      this.told.push([fd, events])
      this.#notify()
      act(fd, events)
    })
    open.add(this)
  }

  /** Waits until it has been told so often. */
  async times(count: number): Promise<void> {
    while (this.told.length < count) {
      await new Promise<void>((resolve) => {
        this.#notify = resolve
      })
    }
  }
}

/** Lets everything that is ready be told: another Epoll's news, which come in the same rounds, are waited for. */
export async function rounds(fd: number, count = 5): Promise<void> {
  const clock = new Recorder()
  clock.epoll.add(fd, Epoll.EPOLLOUT)
  await clock.times(count)
  clock.epoll.remove(fd).close()
}
