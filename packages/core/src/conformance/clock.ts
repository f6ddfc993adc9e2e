/** Starts measuring; returns a function that returns how many seconds have passed, on the clock that waits use. */
export function stopwatch(): () => number {
  const start = process.hrtime.bigint()
  return () => Number(process.hrtime.bigint() - start) / 1e9
}

/** Returns a call's result and how many seconds it took. */
export function timed<Result>(call: () => Result): [result: Result, seconds: number] {
  const elapsed = stopwatch()
  const result = call()
  return [result, elapsed()]
}

/** Blocks the thread. */
export function sleep(seconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
}

/**
 * Returns how many seconds of processor time this process uses for some work, in the best of a few tries, until one is below
 * a limit: what else it does during that, such as collecting garbage, it does not do each time.
 */
export async function processorTime(limit: number, work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < 3 && best >= limit; tries++) {
    const before = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1e6)
  }
  return best
}
