import { fileURLToPath } from 'node:url'
import { start } from './start.mjs'

/** How long a program may take, in seconds: generous, for something that hangs. */
const LONGEST = 60

/** Runs a program, which passes when it ends by itself, with 0 and the output that it should have. */
export async function runProgram(runtime, { file, args, permissions, output }) {
  const title = [runtime.name, file, ...args].join(' ')
  const path = fileURLToPath(new URL(`programs/${file}`, import.meta.url))
  const ended = await start(runtime, [...runtime.run(path, permissions), ...args], { seconds: LONGEST })
  const right = ended.code === 0 && ended.output === output
  const failures = right ? [] : [`${title}: ended with ${ended.code}, or did not print ${JSON.stringify(output)}`]
  return { title, passed: right ? 1 : 0, failures, output: `${ended.output}${ended.errors}` }
}
