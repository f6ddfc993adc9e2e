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

/** Returns how many seconds of processor time this process uses for some work, and for what else it does during that. */
export async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
