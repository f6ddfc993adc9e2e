import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { names } from '../backends.mjs'

const program = fileURLToPath(new URL('../programs/restless.mjs', import.meta.url))
const ENDED = 7
/** In milliseconds: a process that is blocked in a wait would never end. */
const LONGEST = 60_000

/** Processes exit at random while a thread of theirs and they themselves use selectors: none of them crashes, and all of them end. */
export async function exit({ short, random }) {
  const times = short ? 6 : 500
  for (let i = 0; i < times; i++) {
    const task = JSON.stringify({ backend: names[i % names.length], seed: random(2 ** 32) })
    const child = spawn(process.execPath, [program, task], { stdio: ['ignore', 'ignore', 'pipe'], timeout: LONGEST })
    const [stderr, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    if (code !== ENDED) throw new Error(`the process for ${task} ended with ${code ?? signal}: ${stderr}`)
  }
  return `${times} processes exited`
}
