// An environment of jest's that tells which test it is at, and ends the run with the first one that fails, but for those that MUTATION_TOLD
// lists.
const { writeSync } = require('node:fs')
const { createRequire } = require('node:module')
const { relative } = require('node:path')

/** Jest's own module, which is not installed beside this one. */
const jestsOwn = ['jest', '@jest/core', 'jest-config', 'jest-environment-node'].reduce(
  (from, name) => createRequire(from).resolve(name),
  __filename,
)
const { TestEnvironment } = require(jestsOwn)
const told = JSON.parse(process.env.MUTATION_TOLD ?? '[]')

module.exports = class FirstFailure extends TestEnvironment {
  #file

  constructor(config, context) {
    super(config, context)
    this.#file = relative(config.projectConfig.rootDir, context.testPath)
    this.#tell('at')
  }

  handleTestEvent({ name, test }) {
    if (name === 'test_started') this.#tell('at', nameOf(test))
    if (name !== 'test_done' || test.errors.length === 0) return
    const failed = nameOf(test)
    if (told.some(({ file, name }) => file === this.#file && name === failed)) return
    this.#tell('failed', failed)
    process.exit(1)
  }

  #tell(what, name = '') {
    writeSync(2, `\nmutation ${what} ${JSON.stringify({ file: this.#file, name })}\n`)
  }
}

function nameOf(test) {
  const names = []
  for (let level = test; level?.parent; level = level.parent) names.unshift(level.name)
  return names.join(' ')
}
