// Runs random programs over all backends, against a model of what has to hold and against each other, see the README:
//
//     npm run fuzz -- [--operations 1e5] [--seed 1] [--only epoll,poll] [--module /path/of/a/backend]
//
// Exits with 1 if one does something else, and prints the shortest program that shows it, and how to run it again.
import { randomInt } from 'node:crypto'
import { fstatSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PollSelector } from '@selectors/poll'
import { type Failure, fuzz } from './fuzz.js'
import { WakingThread } from './selectors/waking-thread.js'
import { ours, subjectsOf } from './subjects.js'
import { kinds } from './world/kinds.js'
import { Settling } from './world/settling.js'

const { values: options } = parseArgs({
  options: {
    operations: { type: 'string', default: '1e5' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    only: { type: 'string', default: '' },
    module: { type: 'string', multiple: true, default: [] },
    path: { type: 'string' },
    replay: { type: 'string', default: '' },
  },
})

// Most errors are expected, and stacks take time.
Error.stackTraceLimit = 3

async function main(): Promise<void> {
  const subjects = [
    ...ours(options.only.split(',').filter((name) => name !== '')),
    ...options.module.flatMap((module) => subjectsOf(resolve(module))),
  ]
  const seed = Number(options.seed)
  console.log(`seed ${seed}, over ${subjects.map(({ name }) => name).join(', ')}`)
  const thread = new WakingThread()
  const system = { subjects, kinds, isOpen, countOpen, settling: new Settling(PollSelector), thread }
  const { path, replay } = options
  const again = path === undefined ? undefined : { path, replay }
  const { programs, operations, calls, failure } = await fuzz(system, {
    operations: Number(options.operations),
    seed,
    again,
  })
  await thread.end()
  const { user, system: kernel } = process.cpuUsage()
  console.log(
    `${operations} operations in ${programs} programs, ${calls} calls of ${subjects.length} selectors; ` +
      `${((user + kernel) / 1e6).toFixed(1)} s of processor time`,
  )
  if (failure !== undefined) fail(failure)
}

function fail({ lines, message, seed, path, replay }: Failure): void {
  console.error(`\n${lines.join('\n')}\n\n${message}\n`)
  const { KQUEUE_SYSTEM: system } = process.env
  const setting = system === undefined ? '' : `KQUEUE_SYSTEM=${system} `
  console.error(`${setting}npm run fuzz -- --seed ${seed} --path '${path}' --replay '${replay}'`)
  process.exitCode = 1
}

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd)
    return true
  } catch {
    return false
  }
}

function countOpen(): number {
  return readdirSync('/proc/self/fd').length
}

main()
