const { join } = require('node:path')
const { nativePoller, nativeWake, PollerSelector } = require('@selectors/core')

/** What `process.platform` is on each system that is emulated. */
const platforms = { macos: 'darwin', openbsd: 'openbsd' }

/** Their names, which the tests of packages run on. */
exports.systems = Object.keys(platforms)

/**
 * Makes what a package exports as it is on another system, over that system's emulation.
 *
 * @param {string} directory the package's, where it was built over the emulation
 * @param {keyof typeof platforms} system
 * @param {string} name the class
 */
exports.asOn = (directory, system, name) => {
  const { backendOn } = require(join(directory, 'build-emulated', system, 'dist/backend.js'))
  const backend = backendOn(platforms[system])
  const Selector = class extends PollerSelector {
    static supports = backend.supports
    constructor(options) {
      super(nativePoller(backend, options), backend)
    }
  }
  return { [name]: Selector, wake: nativeWake(backend) }
}
