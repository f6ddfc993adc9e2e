// An environment of jest's that ends the run with the first test that fails, and says which.
const { writeSync } = require('node:fs')
const { createRequire } = require('node:module')

/** Jest's own module, which is not installed beside this one. */
const jestsOwn = ['jest', '@jest/core', 'jest-config', 'jest-environment-node'].reduce(
  (from, name) => createRequire(from).resolve(name),
  __filename,
)
const { TestEnvironment } = require(jestsOwn)

module.exports = class FirstFailure extends TestEnvironment {
  handleTestEvent({ name, test }) {
    if (name !== 'test_done' || test.errors.length === 0) return
    const names = []
    for (let level = test; level?.parent; level = level.parent) names.unshift(level.name)
    writeSync(2, `first failure: ${names.join(' ')}\n`)
    process.exit(1)
  }
}
