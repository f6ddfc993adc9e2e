const { join } = require('node:path')
const { constants } = require('node:os')

const control = require(join(__dirname, 'build/Release/control.node'))
const calls = ['kqueue', 'kevent', 'change', 'fcntl']

exports.fail = (call, code, { after = 0, applied = 0 } = {}) =>
  control.fail(calls.indexOf(call), constants.errno[code], after, applied)
exports.clear = () => !control.clear()
exports.registered = (kq) => control.registered(kq)
exports.changes = () => control.changes()
