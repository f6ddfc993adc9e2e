// Mistakes in the TypeScript of @selectors/socket.
import { mutantsOf, socket as quick, socketsEnds } from './tests.mjs'

const source = (file) => mutantsOf(`packages/socket/src/${file}`, ['socket'], quick, socketsEnds)
const address = source('address.ts')
const args = source('arguments.ts')
const endpoint = source('endpoint.ts')
const errors = source('errors.ts')
const openFile = source('open-file.ts')
const options = source('options.ts')
const pipe = source('pipe.ts')
const receiving = source('receiving.ts')
const sockets = source('socket.ts')
const pairs = source('pairs.ts')
const later = source('later.ts')
const constants = source('constants.ts')

export const socketSource = [
  address(
    'a path ends at its first NUL',
    "if (path.lastIndexOf('\\0') > 0 && !path.startsWith('\\0')) throw",
    'if (false) throw',
  ),
  address('a host ends at its first NUL', " || host.includes('\\0')) throw refusal(host", ') throw refusal(host'),
  address(
    'a name that has no ASCII form is any address',
    "if (ascii === '' && host !== '') throw refusal(host, 'host', 'a host name')",
    '',
  ),
  address('port 65536 is 0', "checkInt(port, 'port', 0, 65535)", "checkInt(port, 'port', 0, 65536)"),
  address('an IPv4 address may have a scope', 'address.length > (four ? 2 : 4)', 'address.length > 4'),
  address('a scope may be negative', '[host, port, flowinfo, scopeId >>> 0]', '[host, port, flowinfo, scopeId]'),
  address(
    'flow information has 32 bits',
    "checkInt(flowinfo, 'flowinfo', 0, 0xfffff)",
    "checkInt(flowinfo, 'flowinfo', 0, 0xffffffff)",
  ),
  args('fractions are whole', 'value % 1 === 0 && value >= min', 'value >= min'),
  args('-1 is a descriptor', "return checkInt(value, 'fd', 0)", "return checkInt(value, 'fd', -1)"),
  args('a negative size is one', "return checkInt(value, 'size', 0)", "return checkInt(value, 'size')"),
  args('what is gone is empty', '    Uint8Array.prototype.keys.call(bytes)\n', ''),
  args(
    'other arrays are bytes',
    "if (isUint8Array(value)) return checkThere(value, name)\n  throw refusal(value, name, 'a Buffer",
    "if (ArrayBuffer.isView(value)) return checkThere(value as Uint8Array, name)\n  throw refusal(value, name, 'a Buffer",
  ),
  endpoint(
    'an address is not named',
    'throw this.failure(result, syscall, { address })',
    'throw this.failure(result, syscall)',
  ),
  endpoint('the type has its flags', 'this.type = type & SOCK_TYPE_MASK', 'this.type = type'),
  endpoint('how to shut down may be 3', "checkInt(how, 'how', 0, SHUT_RDWR)", "checkInt(how, 'how')"),
  endpoint(
    'the own address is that of the other',
    "binding().getSockName(fdOf(this), address), 'getsockname'",
    "binding().getPeerName(fdOf(this), address), 'getsockname'",
  ),
  errors('errno is positive', 'this.errno = number', 'this.errno = -number'),
  errors('no remedy of a call is given', 'remedies[`${code} ${syscall}`] ?? remedies[code]', 'remedies[code]'),
  errors(
    'what was sent is not said',
    'if (bytesSent !== undefined) this.bytesSent = bytesSent',
    'if (bytesSent) this.bytesSent = bytesSent',
  ),
  errors('an IPv6 address has no brackets', "host.includes(':') ? `[${host}]:${port}` : ", ''),
  openFile(
    'an object of another kind is taken',
    "if (!(#fd in Object(file))) throw refusal(file, 'this', 'a Socket or PipeEnd')",
    '',
  ),
  openFile('what was given away is closed', '    binding().release(this)\n', ''),
  openFile(
    'what was given away is still its own',
    '    const fd = fdOf(this)\n    this.#fd = -1',
    '    const fd = fdOf(this)',
  ),
  openFile(
    'what could not be closed is open',
    '    this.#fd = -1\n    if (error) throw error',
    '    if (error) throw error\n    this.#fd = -1',
  ),
  openFile('an error of close() is swallowed', 'if (error) throw error', ''),
  openFile('any value says whether it blocks', "checkBoolean(blocking, 'blocking') ? 1 : 0", 'blocking ? 1 : 0'),
  options('an option has any length', "checkInt(length, 'length', 0, MAX_LENGTH)", "checkInt(length, 'length', 0)"),
  options('a number is not checked', "checkInt(value, 'value')", 'value'),
  pipe(
    'what is not open is taken over',
    "    if (result < 0) throw new SocketError(result, 'fcntl'",
    "    if (result > 0) throw new SocketError(result, 'fcntl'",
  ),
  pipe(
    'a copy is the same',
    "return new PipeEnd(this.check(binding().dup(fdOf(this)), 'dup'))",
    'return new PipeEnd(fdOf(this))',
  ),
  receiving(
    'what was received is shared',
    'if (room !== scratch && count > room.length / 2) return',
    'if (count > room.length / 2) return',
  ),
  receiving('what is short keeps all the memory', 'room !== scratch && count > room.length / 2', 'room !== scratch'),
  receiving(
    'as many as the system counts are given',
    'const count = Math.min(size, room.length)',
    'const count = size',
  ),
  sockets('sendAll() sends once', '} while (result > 0 && bytesSent < bytes.length)', '} while (false)'),
  sockets('sendAll() sends the same again', 'bytesSent === 0 ? bytes : bytes.subarray(bytesSent)', 'bytes'),
  sockets('sendAll() counts what failed', '      bytesSent += result\n', '      bytesSent = result\n'),
  sockets(
    'sendTo() takes the bytes before the address',
    '    const encoded = encodeAddress(this.family, address)\n    const bytes = checkData(data)',
    '    const bytes = checkData(data)\n    const encoded = encodeAddress(this.family, address)',
  ),
  sockets(
    'SO_ERROR is a number of the system',
    'level === SOL_SOCKET && option === SO_ERROR ? errnoOf(0 - number) : number',
    'level === SOL_SOCKET && option === SO_ERROR ? -number : number',
  ),
  sockets('an option has its whole room', 'return value.subarray(0, size)', 'return value'),
  sockets(
    'flags are not passed on',
    "binding().send(fdOf(this), checkData(data), checkInt(flags, 'flags'))",
    'binding().send(fdOf(this), checkData(data), 0)',
  ),
  sockets(
    'what is accepted has no address',
    'return [connection, decodeAddress(this.family, bytes) as A]',
    "return [connection, '' as A]",
  ),
  sockets(
    'a refused socket is one',
    "if (fd < 0) throw new SocketError(fd, 'socket'",
    "if (fd < -1e6) throw new SocketError(fd, 'socket'",
  ),
  pairs(
    'every error is a full end',
    "error instanceof SocketError && error.code === 'EAGAIN'",
    'error instanceof SocketError',
  ),
  pairs('ends block', '  file.setBlocking(false)\n', ''),
  pairs('a listener stays', '  } finally {\n    listener.close()\n  }', '  } finally {\n  }'),
  later(
    'a thread that is being ended keeps nothing alive',
    'if (!this.#isEnding) this.#worker.unref()',
    'this.#worker.unref()',
  ),
  later('what failed is not told', 'if (result < 0) throw new SocketError', 'if (result > 0) throw new SocketError'),
  constants('SHUT_RD is SHUT_WR', 'export const SHUT_RD = 0', 'export const SHUT_RD = 1'),
]
