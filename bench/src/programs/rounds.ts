// What every contender in Node begins with: the protocol of ../runner/program.ts.
import { readSync, writeSync } from 'node:fs'

/** Answers nanoseconds for each of `count` passes. */
export type Round = (count: number) => number | Promise<number>

/** Prints `ready`, then replies to each line, a number of passes, with a line: nanoseconds for each pass. */
export async function answerRounds(round: Round): Promise<never> {
  writeSync(1, 'ready\n')
  for (let line = readLine(); line !== ''; line = readLine()) {
    writeSync(1, `${await round(Number(line))}\n`)
  }
  // Whatever is still registered somewhere.
  process.exit()
}

/** Makes a round of a pass: how long each uses the processor, in all threads. */
export function timePasses(pass: () => void): Round {
  return (count) => {
    const start = process.cpuUsage()
    for (let i = 0; i < count; i++) pass()
    const { user, system } = process.cpuUsage(start)
    return (1000 * (user + system)) / count
  }
}

const bytes = Buffer.alloc(32)

/** Each line comes in one piece, because the next is written only after the reply. */
function readLine(): string {
  return bytes.toString('latin1', 0, readSync(0, bytes)).trim()
}
