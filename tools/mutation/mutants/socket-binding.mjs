// Mistakes in the rest of the binding of @selectors/socket.
import { mutantsOf, socket as quick, socketsEnds } from './tests.mjs'

const native = (file) => mutantsOf(`packages/socket/native/${file}`, ['socket/native'], quick, socketsEnds)
const addressCc = native('address.cc')
const resolve = native('resolve.cc')
const method = native('method.h')
const owner = native('owner.h')
const pulse = native('pulse.h')
const unclaimed = native('unclaimed.h')
const binding = native('socket.cc')
const descriptor = native('posix/descriptor.cc')
const open = native('posix/open.cc')

export const socketBinding = [
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
]
