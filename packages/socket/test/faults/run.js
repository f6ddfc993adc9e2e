// Does everything in operations.js once for each error of each system call that it makes, and tells what came of it, a line each.
const { readdirSync, writeSync } = require('node:fs')
const { calls, clear, fail, made } = require('@selectors/faults')
const { pipe } = require('@selectors/socket')
const operations = require('./operations.js')

const by = 'socket.node'
const codes = JSON.parse(process.argv[2])

/** A wait repeats its calls: these are the first rounds. */
const MOST = 6

const descriptors = () => readdirSync('/proc/self/fd').length

/** What a call returned, without the files, which are for later; or what it threw. */
function outcomeOf(act, files, opened = []) {
  try {
    const value = act(files)
    opened.push(...[value].flat().filter((file) => file?.close))
    return { value: opened.length > 0 ? `${opened.length} files` : (value ?? null) }
  } catch ({ name, code, syscall, message }) {
    return { name, code, syscall, message }
  }
}

const stateOf = (files) => files.map((file) => [file.fileno(), file.fileno() < 0 || file.getBlocking()])

/** Does it once, while `times` of these calls fail from the `which`-th on; and a second time, while none does. */
function attempt([, open, act], call, code, which, times) {
  const files = open()
  const [fd] = [files[0]?.fileno()]
  const [before, held] = [stateOf(files), descriptors()]
  fail(call, { by, code, which, times })
  const opened = []
  const outcome = outcomeOf(act, files, opened)
  const failed = clear()
  const counts = Object.fromEntries(calls.map((name) => [name, made(name)]))
  const left = descriptors() - held - opened.length
  const after = stateOf(files)
  const again = outcome.code && outcomeOf(act, files)
  for (const file of [...files, ...opened]) file.close()
  return { failed, outcome, fd, before, after, left, again, counts }
}

// Loads the binding.
for (const end of pipe()) end.close()

for (const [name, operation] of Object.entries(operations)) {
  const [syscall] = operation
  const { outcome: usual, counts } = attempt(operation)
  const tell = (call, which, code, times) => {
    const { counts: _, ...result } = attempt(operation, call, code, which, times)
    writeSync(1, `${JSON.stringify({ name, syscall, call, which, code, times, usual, ...result })}\n`)
  }
  for (const call of calls) {
    for (let which = 0; which < Math.min(counts[call], MOST); which++) {
      for (const code of codes[call] ?? []) tell(call, which, code, 1)
    }
  }
  // What is tried twice fails twice.
  for (let which = 0; which < Math.min(counts.fcntl, MOST); which++) tell('fcntl', which, 'EPERM', 4)
}
