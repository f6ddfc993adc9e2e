// Does everything of the operations once for each error of each system call that it makes, and tells what came of it, a line each.
// Arguments: a package, its class, and what each call may fail with, by the end of the path of who makes it: the binding first.
const { writeSync } = require('node:fs')
const { calls, clear, fail, made } = require('@selectors/faults')
const { attempt } = require('./attempt.cjs')
const operations = require('./operations/index.cjs')

const { [process.argv[3]]: Selector, wake } = require(process.argv[2])
const codes = JSON.parse(process.argv[4])
const [own] = Object.keys(codes)
const backend = { Selector, wake, by: own }

/** A wait repeats its calls: these are the first rounds. */
const MOST = 6

/** More than any operation makes. */
const ALL = 1000

const failing = (call, fault) => () => {
  fail(call, fault)
  return clear
}

/** What an operation does when nothing fails, and how often it makes each call. */
async function usually(operation, by) {
  let counts
  const counting = () => {
    fail(undefined, { by })
    return () => {
      counts = Object.fromEntries(calls.map((call) => [call, made(call)]))
      return clear()
    }
  }
  const { outcome, after, wrong } = await attempt(operation, backend, counting)
  return { usual: { outcome, after, wrong }, counts }
}

async function failEach(name, operation, by) {
  const { usual, counts } = await usually(operation, by)
  const { syscall } = operation
  for (const [call, errors] of Object.entries(codes[by])) {
    for (const code of errors) {
      const tell = async (which, times) => {
        const result = await attempt(operation, backend, failing(call, { by, code, which, times }))
        writeSync(1, `${JSON.stringify({ name, syscall, by, call, which, code, times, usual, ...result })}\n`)
      }
      for (let which = 0; which < Math.min(counts[call], by === own ? MOST : 1); which++) await tell(which, 1)
      // A wait that is always interrupted does not end. libuv ends the process where its later ones fail.
      if (counts[call] > 0 && code !== 'EINTR' && by === own) await tell(0, ALL)
    }
  }
}

async function main() {
  new Selector().close()
  for (const [name, operation] of Object.entries(operations)) {
    if (!(operation.needs?.(Selector.supports) ?? true)) continue
    for (const by of Object.keys(codes)) await failEach(name, operation, by)
  }
}

main()
