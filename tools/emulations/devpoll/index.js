module.exports = require('./build/Release/emulation.node')

/** The system that it is, which the tests of the package run on. */
module.exports.systems = ['illumos']
