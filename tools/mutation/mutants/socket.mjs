// Mistakes in @selectors/socket.
import { mutantsOf, socket as quick, socketsEnds } from './tests.mjs'

const source = (file) => mutantsOf(`packages/socket/src/${file}`, ['socket'], quick, socketsEnds)
const native = (file) => mutantsOf(`packages/socket/native/${file}`, ['socket/native'], quick, socketsEnds)

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

const addressCc = native('address.cc')
const resolve = native('resolve.cc')
const method = native('method.h')
const owner = native('owner.h')
const pulse = native('pulse.h')
const unclaimed = native('unclaimed.h')
const waiting = native('waiting.h')
const binding = native('socket.cc')
const descriptor = native('posix/descriptor.cc')
const open = native('posix/open.cc')
const retry = native('posix/retry.h')
const send = native('posix/send.cc')
const transfer = native('posix/transfer.cc')

export const socket = [
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
    "if (types.isUint8Array(value)) return checkThere(value, name)\n  throw refusal(value, name, 'a Buffer",
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
  openFile(
    'what cannot be owned is there',
    "if (this.#fd < 0) throw new SocketError(this.#fd, 'ioctl', { culprit: `fd ${fd}` })",
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
  openFile(
    'what is closed has another code',
    'return result < 0 && this.#fd < 0 ? constants.errno.EBADF : errnoOf(result)',
    'return errnoOf(result)',
  ),
  options('an option has any length', "checkInt(length, 'length', 0, MAX_LENGTH)", "checkInt(length, 'length', 0)"),
  options('a number is not checked', "checkInt(value, 'value')", 'value'),
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
  later('what failed is not told', '      await ended\n      if (failure) throw failure', '      await ended'),
  constants('SHUT_RD is SHUT_WR', 'export const SHUT_RD = 0', 'export const SHUT_RD = 1'),

  addressCc('an abstract name ends at its NUL', 'abstract ? size : ::strnlen(path, size)', '::strnlen(path, size)'),
  addressCc(
    'a path may be one too long',
    'if (path.size() + (abstract ? 0 : 1) > sizeof(target.sun_path)) return -EINVAL;',
    'if (path.size() + (abstract ? 0 : 1) > sizeof(target.sun_path) + 1) return -EINVAL;',
  ),
  addressCc(
    'a path may be one shorter',
    'if (path.size() + (abstract ? 0 : 1) > sizeof',
    'if (path.size() + 1 > sizeof',
  ),
  addressCc(
    'raw bytes of another family are taken',
    'return address.storage.ss_family == family ? 0 : -EINVAL;',
    'return 0;',
  ),
  addressCc('raw bytes may be too short', 'from.size < needed || ', ''),
  addressCc(
    'raw bytes are written past the end',
    'std::memcpy(to.data, &address.storage, std::min(size, to.size));',
    'std::memcpy(to.data, &address.storage, size);',
  ),
  addressCc(
    'a port has the order of the machine',
    'HostOf(family, inet.sin_addr), ntohs(inet.sin_port)',
    'HostOf(family, inet.sin_addr), inet.sin_port',
  ),
  resolve('an empty host is not found', 'hints.ai_flags = host.empty() ? AI_PASSIVE : 0;', 'hints.ai_flags = 0;'),
  resolve('flow information is not passed on', '  inet.sin6_flowinfo = htonl(static_cast<uint32_t>(flowinfo));\n', ''),
  resolve('a scope in the host is overwritten', 'if (scope_id != 0) inet', 'inet'),
  method(
    'the owner of another kind is taken',
    'if (napi_check_object_type_tag(env, from, &kOwnerTag, &is_ours) != napi_ok || !is_ours) return false;',
    '',
  ),
  method(
    'an address of any length is taken',
    'return Elements::Read(env, from) && length == sizeof(Address);',
    'return Elements::Read(env, from);',
  ),
  method('any array is an address', '    return type == kType;', '    return true;'),
  owner(
    'what another call may own is not taken over',
    'const bool is_ours = pulse.unclaimed().Claim(fd);',
    'const bool is_ours = false;',
  ),
  owner(
    'what is collected stays open',
    'std::unique_ptr<UniqueFd>(static_cast<UniqueFd*>(owner)); };',
    'static_cast<UniqueFd*>(owner)->Release(); };',
  ),
  owner(
    'what is closed is closed again',
    'return fd_ < 0 ? 0 : net::Close(std::exchange(fd_, -1));',
    'return fd_ < 0 ? 0 : net::Close(fd_);',
  ),
  owner(
    'what is given away is closed',
    'int Release() { return std::exchange(fd_, -1); }',
    'int Release() { return fd_; }',
  ),
  pulse('a slice takes half a second', 'kSliceMs = 50', 'kSliceMs = 500'),
  pulse(
    'a thread that ends goes on',
    'napi_call_function(env_, receiver, nothing, 0, nullptr, nullptr) == napi_ok',
    'napi_call_function(env_, receiver, nothing, 0, nullptr, nullptr) >= 0',
  ),
  unclaimed('what nobody has claimed stays open', 'for (const int fd : fds_) Close(fd);', ''),
  unclaimed('what was claimed is closed with the thread', '    fds_.erase(end, fds_.end());\n', ''),
  binding(
    'the second end is not closed with its thread',
    'const int result = OpenPipe(fds);\n  return pulse.unclaimed().Add(result, {fds[0], fds[1]});',
    'const int result = OpenPipe(fds);\n  return pulse.unclaimed().Add(result, {fds[0]});',
  ),
  binding(
    'an accepted connection stays open',
    '  return pulse.unclaimed().Add(fd, {fd});\n}\n\nint NewDuplicate',
    '  return fd;\n}\n\nint NewDuplicate',
  ),
  waiting('the time of a socket is not over', 'if (left_ms == 0) return -EAGAIN;', ''),
  waiting(
    'the time of a socket begins anew',
    'const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_).count();',
    'const auto passed = 0;',
  ),
  waiting('a refusal to tell the time is none', 'if (timeout_ms_ < 0) return timeout_ms_;', ''),
  waiting(
    'it spins where somebody else is faster',
    'const int result = ready_ ? Pause(left_ms) : Look(left_ms);',
    'const int result = Look(left_ms);',
  ),
  waiting('a connection that failed is there', 'return TakeError(fd);\n}', 'return 0;\n}'),
  waiting(
    'a connection whose time is over would block',
    'return turn == -EAGAIN ? -EINPROGRESS : turn;',
    'return turn;',
  ),
  waiting(
    'a full backlog is an error',
    'IsUnix(address) ? Await(pulse, fd, Interest::kWrite, start) : start()',
    'start()',
  ),
  waiting(
    'what was moved is lost by a failure',
    'return moved > 0 ? static_cast<int>(moved) : result;',
    'return result < 0 ? result : static_cast<int>(moved);',
  ),
  waiting(
    'all is moved to the same place',
    'move(Bytes{bytes.data + moved, size - moved})',
    'move(Bytes{bytes.data, size - moved})',
  ),
  waiting(
    'the error of the rest is reported at once',
    'is_later && HasFailed(fd) != 0 ? 0 : Recv(fd, rest, flags, from)',
    'Recv(fd, rest, flags, from)',
  ),
  waiting(
    'MSG_WAITALL is a receive',
    'return all ? MoveAll(buffer, receive) : receive(buffer);',
    'return receive(buffer);',
  ),
  waiting(
    'a blocking write takes a part',
    'return blocking ? MoveAll(data, write) : write(data);',
    'return write(data);',
  ),
  waiting(
    'what does not block waits',
    'if (blocking <= 0) return blocking < 0 ? blocking : result;',
    'if (blocking < 0) return blocking;',
  ),
  waiting(
    'MSG_DONTWAIT waits',
    'return MayWait(flags) ? Await(pulse, fd, InterestOfRecv(flags), attempt) : attempt();',
    'return Await(pulse, fd, InterestOfRecv(flags), attempt);',
  ),
  descriptor('a copy is inherited', 'F_DUPFD_CLOEXEC', 'F_DUPFD'),
  descriptor('an interrupted close is an error', '::close(fd) == 0 || errno == EINTR ?', '::close(fd) == 0 ?'),
  descriptor(
    'the wrong end of a pipe waits for ever',
    '  if ((flags & O_ACCMODE) == (interest == Interest::kRead ? O_WRONLY : O_RDONLY)) return 0;\n',
    '',
  ),
  descriptor(
    'other flags are lost',
    'blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK',
    'blocking ? 0 : O_NONBLOCK',
  ),
  descriptor(
    'urgent data is not waited for',
    'interest == Interest::kWrite ? POLLOUT : POLLPRI',
    'interest == Interest::kWrite ? POLLOUT : POLLIN',
  ),
  descriptor(
    'a signal ends a wait',
    'return errno == EINTR || errno == EAGAIN ? 0 : -errno;',
    'return errno == EAGAIN ? 0 : -errno;',
  ),
  descriptor(
    'no memory ends a wait',
    'return errno == EINTR || errno == EAGAIN ? 0 : -errno;',
    'return errno == EINTR ? 0 : -errno;',
  ),
  descriptor(
    'reading has the time of writing',
    'interest == Interest::kWrite ? SO_SNDTIMEO : SO_RCVTIMEO',
    'interest == Interest::kRead ? SO_SNDTIMEO : SO_RCVTIMEO',
  ),
  descriptor('a pipe has no time at all', 'if (result == -ENOTSOCK) return kForever;', ''),
  descriptor('a microsecond is no time', '(timeout.tv_usec + 999) / 1000', 'timeout.tv_usec / 1000'),
  descriptor('a long time is short', 'if (timeout.tv_sec >= INT_MAX / 1000) return kForever;', ''),
  open('a socket is inherited', '::socket(family, type | SOCK_CLOEXEC, protocol)', '::socket(family, type, protocol)'),
  open(
    'a pair is inherited',
    '::socketpair(family, type | SOCK_CLOEXEC, protocol, fds)',
    '::socketpair(family, type, protocol, fds)',
  ),
  open('a pipe is inherited', '::pipe2(fds, O_CLOEXEC)', '::pipe2(fds, 0)'),
  open('a connection is inherited', '&peer.size, SOCK_CLOEXEC)', '&peer.size, 0)'),
  open(
    'accept() blocks the thread',
    '  if (const int refused = CheckReady(fd, Interest::kRead); refused < 0) return refused;\n',
    '',
  ),
  retry('a signal is an error', 'if (errno != EINTR) return -errno;', 'return -errno;'),
  send('a send blocks the thread', 'flags | MSG_DONTWAIT | kNoSignal', 'flags | kNoSignal'),
  send('a send raises a signal', 'flags | MSG_DONTWAIT | kNoSignal', 'flags | MSG_DONTWAIT'),
  transfer('a receive blocks the thread', 'const int all = flags | MSG_DONTWAIT;', 'const int all = flags;'),
  transfer(
    'a second connect succeeds',
    'if (connected != 0) return connected < 0 ? connected : -EISCONN;',
    'if (connected < 0) return connected;',
  ),
  transfer(
    'a refused connect leaves it non-blocking',
    '  int restored = SetBlocking(fd, 1);\n',
    '  int restored = result < 0 && result != -EINPROGRESS ? 0 : SetBlocking(fd, 1);\n',
  ),
  transfer('it is not tried again to block', '  if (restored < 0) restored = SetBlocking(fd, 1);\n', ''),
  transfer(
    'a blocking write takes more than fits',
    'blocking ? std::min<size_t>(data.size, PIPE_BUF) : Clamp(data.size)',
    'Clamp(data.size)',
  ),
  transfer(
    'reading nothing waits',
    'buffer.size > 0 ? CheckReady(fd, Interest::kRead) : 0',
    'CheckReady(fd, Interest::kRead)',
  ),
  transfer(
    'peeking waits for all',
    'MSG_DONTWAIT | MSG_PEEK | MSG_OOB | kErrorQueue)) != 0) return 0;',
    'MSG_DONTWAIT | MSG_OOB | kErrorQueue)) != 0) return 0;',
  ),
  transfer(
    'the error queue is waited for',
    'return (flags & (MSG_DONTWAIT | kErrorQueue)) == 0;',
    'return (flags & MSG_DONTWAIT) == 0;',
  ),
  transfer(
    'the error of a socket is positive',
    'return result < 0 ? result : -error;',
    'return result < 0 ? result : error;',
  ),
]
