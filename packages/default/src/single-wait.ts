/** Somebody who waits for one event of one descriptor. */
export class SingleWait {
  readonly fd: number
  readonly event: number
  /** When it is over, in the milliseconds of `performance.now()`; Infinity is never. */
  readonly end: number
  readonly settled: Promise<boolean>
  /** Tells whether the event is ready. */
  resolve: (ready: boolean) => void = () => {}
  reject: (reason: unknown) => void = () => {}

  constructor(fd: number, event: number, end: number) {
    this.fd = fd
    this.event = event
    this.end = end
    this.settled = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
  }
}
