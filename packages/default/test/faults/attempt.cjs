const { readdirSync } = require('node:fs')
const { faultsOf } = require('./state.cjs')

/** In milliseconds. */
const LONGEST = 5000

const descriptors = () => readdirSync('/proc/self/fd').length
const keysOf = ({ selector }) => (selector ? [...selector.getMap().values()].map(({ fd, events }) => [fd, events]) : [])

/**
 * Does an operation once, and tells what came of it, and what is wrong afterwards.
 *
 * @param backend the class, what it exports as `wake`, and the module that makes its system calls
 * @param begin has calls fail from now on, and returns a function that has them succeed again, and says how many failed
 */
exports.attempt = async ({ prepare, act }, { Selector, wake, by }, begin) => {
  const held = descriptors()
  const state = prepare(Selector)
  state.wait?.catch(() => {})
  const before = keysOf(state)
  const end = begin()
  const outcome = await outcomeOf(() => act(state, Selector, wake))
  const failed = end()
  const after = keysOf(state)
  const wrong = await faultsOf(state, Selector, by)
  state.selector?.close()
  for (const file of state.files) file.close()
  return { failed, outcome, fd: state.fd, before, after, wrong, left: descriptors() - held }
}

/** What an act returned, or what it threw. */
async function outcomeOf(act) {
  try {
    return { value: (await inTime(act())) ?? null }
  } catch ({ name, code, syscall, message }) {
    return { name, code, syscall, message }
  }
}

function inTime(promise) {
  let timer
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve('hangs'), LONGEST)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
