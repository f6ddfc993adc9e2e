// The other end of inject.c.
const { AF_INET, SOCK_DGRAM, Socket } = require('@selectors/socket')

const LEVEL = 0x5e1ec7
const NONE = -1

/** The calls that can fail, in the order of inject.c. */
const calls = [
  'accept',
  'bind',
  'close',
  'connect',
  'fcntl',
  'getaddrinfo',
  'getpeername',
  'getsockname',
  'getsockopt',
  'listen',
  'pipe',
  'poll',
  'read',
  'recv',
  'recvfrom',
  'send',
  'sendto',
  'setsockopt',
  'shutdown',
  'socket',
  'socketpair',
  'write',
]

const control = new Socket(AF_INET, SOCK_DGRAM)

/** Makes so many of these calls fail from the `which`-th on, 0 the first; with no call none. All are counted from 0. */
function fail(call, errno = 0, which = 0, times = 1) {
  const index = call === undefined ? NONE : calls.indexOf(call)
  control.setSockOpt(LEVEL, index, new Uint8Array(Int32Array.of(errno, which, times).buffer))
}

/** How often a call was made, and how often it failed. */
function count(call) {
  const value = control.getSockOpt(LEVEL, calls.indexOf(call), 8)
  return { times: value.readInt32LE(0), failed: value.readInt32LE(4) }
}

module.exports = { calls, count, fail }
