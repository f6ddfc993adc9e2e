import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { preloaded } from '@selectors/faults'

/** Runs a program of this directory over a backend, and returns what it said: a value in each line. */
export async function run(program: string, backend: string, ...args: readonly string[]): Promise<unknown[]> {
  const className = `${backend[0]?.toUpperCase()}${backend.slice(1)}Selector`
  // V8's own threads end the process where there is no memory for them.
  const command = ['--single-threaded', join(__dirname, program), `@selectors/${backend}`, className, ...args]
  const child = spawn(process.execPath, command, { env: { ...process.env, ...preloaded } })
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}
