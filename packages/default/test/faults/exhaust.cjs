// Does everything of the operations with so many descriptors left for it, and tells what came of it, a line each.
// Arguments: a package and its class.
const { existsSync, writeSync } = require('node:fs')
const { limit } = require('@selectors/faults')
const { attempt } = require('./attempt.cjs')
const operations = require('./operations/index.cjs')

const [, , packageName, className] = process.argv
const { [className]: Selector, wake } = require(packageName)
const backend = { Selector, wake, by: `${packageName.split('/')[1]}.node` }

/** As many as any operation takes, and one more. */
const MOST = 6

const unlimited = () => () => 0

/** Leaves so many numbers free. */
const leaving = (left) => () => {
  const isTaken = (fd) => existsSync(`/proc/self/fd/${fd}`)
  let most = 0
  for (let free = 0; free < left || isTaken(most); most++) if (!isTaken(most)) free++
  const before = limit('NOFILE', most)
  return () => {
    limit('NOFILE', before)
    return 1
  }
}

async function main() {
  new Selector().close()
  for (const [name, operation] of Object.entries(operations)) {
    if (!(operation.needs?.(Selector.supports) ?? true)) continue
    const { outcome, after, wrong } = await attempt(operation, backend, unlimited)
    for (let left = 0; left < MOST; left++) {
      const result = await attempt(operation, backend, leaving(left))
      const fault = {
        name,
        syscall: operation.syscall,
        by: 'the system',
        call: 'open',
        which: left,
        code: 'EMFILE',
        times: 1,
      }
      writeSync(1, `${JSON.stringify({ ...fault, usual: { outcome, after, wrong }, ...result })}\n`)
    }
  }
}

main()
