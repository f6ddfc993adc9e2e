module.exports = require('./build/Release/emulation.node')
