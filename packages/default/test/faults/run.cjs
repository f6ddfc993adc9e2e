// Does everything of the operations once for each error of each system call that it makes, and tells what came of it, a line each.
// Arguments: a package, its class, and what each call may fail with, by the end of the path of who makes it.
const { readdirSync, writeSync } = require('node:fs')
const { calls, clear, fail, made } = require('@selectors/faults')
const operations = require('./operations/index.cjs')
const { faultsOf } = require('./state.cjs')

const { [process.argv[3]]: Selector, wake } = require(process.argv[2])
const codes = JSON.parse(process.argv[4])
/** The module that makes its system calls. */
const [own] = Object.keys(codes)

/** A wait repeats its calls: these are the first rounds. */
const MOST = 6

/** More than any operation makes. */
const ALL = 1000

/** In milliseconds. */
const LONGEST = 5000

const descriptors = () => readdirSync('/proc/self/fd').length
const keysOf = ({ selector }) => (selector ? [...selector.getMap().values()].map(({ fd, events }) => [fd, events]) : [])

/** What an act returned, or what it threw. */
async function outcomeOf(act, state) {
  try {
    return { value: (await inTime(act(state, Selector, wake))) ?? null }
  } catch ({ name, code, syscall, message }) {
    return { name, code, syscall, message }
  }
}

/** Does it once, while `times` of these calls fail from the `which`-th on. */
async function attempt({ prepare, act }, by, call, code, which = 0, times = 1) {
  const held = descriptors()
  const state = prepare(Selector)
  state.wait?.catch(() => {})
  const before = keysOf(state)
  fail(call, { by, code, which, times })
  const outcome = await outcomeOf(act, state)
  const failed = clear()
  const counts = Object.fromEntries(calls.map((name) => [name, made(name)]))
  const after = keysOf(state)
  const wrong = await faultsOf(state, Selector, own)
  state.selector?.close()
  for (const file of state.files) file.close()
  return { failed, outcome, fd: state.fd, before, after, wrong, left: descriptors() - held, counts }
}

function inTime(promise) {
  let timer
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve('hangs'), LONGEST)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

async function main() {
  new Selector().close()
  for (const [name, operation] of Object.entries(operations)) {
    if (!(operation.needs?.(Selector.supports) ?? true)) continue
    for (const by of Object.keys(codes)) {
      const usual = await attempt(operation, by)
      for (const [call, errors] of Object.entries(codes[by])) {
        for (const code of errors) {
          const { syscall } = operation
          const tell = async (which, times) => {
            const { counts: _, ...result } = await attempt(operation, by, call, code, which, times)
            const { outcome, after, wrong } = usual
            const told = { name, syscall, by, call, which, code, times, usual: { outcome, after, wrong }, ...result }
            writeSync(1, `${JSON.stringify(told)}\n`)
          }
          for (let which = 0; which < Math.min(usual.counts[call], by === own ? MOST : 1); which++) await tell(which, 1)
          // A wait that is always interrupted does not end. libuv ends the process where its later ones fail.
          if (usual.counts[call] > 0 && code !== 'EINTR' && by === own) await tell(0, ALL)
        }
      }
    }
  }
}

main()
