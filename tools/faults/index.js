const { join } = require('node:path')
const { constants } = require('node:os')

const library = join(__dirname, 'build/Release/faults.node')
const loaded = { exports: {} }
const faults = () => {
  if (loaded.exports.fail === undefined) process.dlopen(loaded, library)
  return loaded.exports
}

/** In the order of plan.h. */
const calls = [
  'accept',
  'bind',
  'calloc',
  'close',
  'connect',
  'epoll_create1',
  'epoll_ctl',
  'epoll_wait',
  'eventfd',
  'fcntl',
  'fstat',
  'getaddrinfo',
  'getpeername',
  'getsockname',
  'getsockopt',
  'ioctl',
  'listen',
  'malloc',
  'pipe',
  'poll',
  'ppoll',
  'pselect',
  'pthread_create',
  'read',
  'realloc',
  'recv',
  'recvfrom',
  'send',
  'sendto',
  'setsockopt',
  'shutdown',
  'socket',
  'socketpair',
  'syscall',
  'write',
]

/** Their numbers on Linux. */
const resources = { NOFILE: 7, AS: 9 }

const ALWAYS = 2 ** 31 - 1

exports.calls = calls
exports.preloaded = { LD_PRELOAD: library }
exports.fail = (call, { by, code = 'ENOMEM', which = 0, times = 1 }) => {
  const found = faults().fail(by, calls.indexOf(call), constants.errno[code] ?? 0, which, Math.min(times, ALWAYS))
  if (!found) throw new Error(`${by} is not loaded`)
}
exports.clear = () => faults().clear()
exports.made = (call) => faults().made(calls.indexOf(call))
exports.failed = () => faults().failed()
exports.limit = (resource, most) => faults().limit(resources[resource], most)
