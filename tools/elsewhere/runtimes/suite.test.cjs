// The published conformance suite over the backend that BACKEND names. Its results go, line by line, to the file RESULTS.
const { appendFileSync } = require('node:fs')
const test = require('node:test')
const { conformance } = require('@selectors/core/conformance')
const { pipe, tcpPair, unixPair } = require('@selectors/socket/pairs')

const { BACKEND: backend, RESULTS: results, EXEC_PATH } = process.env
// What starts a process like this one, where an emulator stands between it and its system.
if (EXEC_PATH) process.execPath = EXEC_PATH
const name = `${backend[0].toUpperCase()}${backend.slice(1)}Selector`
const path = require.resolve(`@selectors/${backend}`)
const Selector = require(path)[name]
let group = []
let tests = 0

conformance(
  {
    name,
    create: (options) => new Selector(options),
    // Kinds of file objects are no affair of a runtime's: once will do.
    pairs: backend === 'epoll' ? [pipe, unixPair, tcpPair] : [pipe],
    supports: Selector.supports,
    module: path,
  },
  { describe, it, beforeEach: test.beforeEach, afterEach: test.afterEach },
)

function describe(title, body) {
  const inner = [...group, title]
  test.describe(title, () => {
    // Bun runs it after the body of the group that it is in.
    const outer = group
    group = inner
    body()
    group = outer
  })
}

function it(title, body) {
  const id = tests++
  record('declared', id, [...group, title].join(' > '))
  test.it(title, async () => {
    try {
      await body()
    } catch (error) {
      record('failed', id)
      throw error
    }
    record('passed', id)
  })
}

// At once, so that nothing is lost when the process crashes.
function record(...fields) {
  appendFileSync(results, `${fields.join('\t')}\n`)
}
