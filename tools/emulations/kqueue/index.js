const { join } = require('node:path')
const { constants } = require('node:os')

const control = require(join(__dirname, 'build/Release/control.node'))
/** As src/traits.h lists them. */
exports.systems = ['macos', 'freebsd', 'openbsd', 'netbsd', 'dragonfly']

const calls = ['kqueue', 'kevent', 'change', 'fcntl']

exports.fail = (call, code, { after = 0, applied = 0 } = {}) =>
  control.fail(calls.indexOf(call), constants.errno[code], after, applied)
exports.clear = () => !control.clear()
exports.registered = (kq) => control.registered(kq)
exports.changes = () => control.changes()

exports.use = (system, release) => {
  if (!control.use(system, release)) throw new Error(`There is no kernel of ${system}`)
}
exports.traits = (system) => control.traits(system)
exports.revoke = (fd) => control.revoke(fd)
