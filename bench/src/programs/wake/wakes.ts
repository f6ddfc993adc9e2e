// Contenders that wait for replies from another process, see c/wake.c.
import { answerRounds } from '../rounds.js'

/** The descriptor whose other end that process has. */
export const END = 3

/** The size of a reply, which consists of the time at which it was sent. */
export const ANSWER_SIZE = 8

/** Sends a byte and waits for the reply; returns how many nanoseconds the reply took to arrive. */
export type Ask = () => number | Promise<number>

/** Measures what the first argument of the program says. */
export function answerWakes(ask: Ask): Promise<never> {
  return answerRounds((count) => (process.argv[2] === 'latency' ? latency(ask, count) : roundTrip(ask, count)))
}

/** How long before `woken` the reply was sent. */
export function since(sent: Buffer, woken: bigint): number {
  return Number(woken - sent.readBigInt64LE())
}

async function latency(ask: Ask, count: number): Promise<number> {
  const latencies = new Float64Array(count)
  for (let i = 0; i < count; i++) latencies[i] = await ask()
  return latencies.sort()[count >> 1] as number
}

async function roundTrip(ask: Ask, count: number): Promise<number> {
  const start = process.hrtime.bigint()
  for (let i = 0; i < count; i++) {
    const answer = ask()
    if (typeof answer !== 'number') await answer
  }
  return Number(process.hrtime.bigint() - start) / count
}
