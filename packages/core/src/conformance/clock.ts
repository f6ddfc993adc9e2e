/** Starts to measure; the result answers how many seconds have passed, on the clock that waits go by. */
export function stopwatch(): () => number {
  const start = process.hrtime.bigint()
  return () => Number(process.hrtime.bigint() - start) / 1e9
}

/** Answers a call's result and how many seconds it took. */
export function timed<Result>(call: () => Result): [result: Result, seconds: number] {
  const elapsed = stopwatch()
  const result = call()
  return [result, elapsed()]
}

/** Blocks the thread. */
export function sleep(seconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
}
