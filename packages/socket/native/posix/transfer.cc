#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>

#include "constants.h"
#include "retry.h"
#include "system.h"

namespace net {

namespace {

sockaddr* Raw(Address& address) {
  return reinterpret_cast<sockaddr*>(&address.storage);
}

/** 1 for a stream socket. */
int IsStream(int fd) {
  int type = 0;
  const int result = GetOption(fd, SOL_SOCKET, SO_TYPE, {reinterpret_cast<uint8_t*>(&type), sizeof(type)});
  return result < 0 ? result : type == SOCK_STREAM;
}

/** 1 for a connected one. */
int IsConnected(int fd) {
  Address peer = {};
  const int result = GetPeerName(fd, peer);
  // EINVAL: from macOS, for a socket that was shut down.
  return result == -ENOTCONN || result == -EINVAL ? 0 : result < 0 ? result : 1;
}

// Results are passed as int; no system moves more in one call.
size_t Clamp(size_t size) {
  return std::min<size_t>(size, INT_MAX);
}

}  // namespace

int Bind(int fd, Address& address) {
  return Retry([&] { return ::bind(fd, Raw(address), address.size); });
}

int Listen(int fd, int backlog) {
  return Retry([&] { return ::listen(fd, backlog); });
}

int Connect(int fd, Address& address) {
  const auto connect = [&] { return ::connect(fd, Raw(address), address.size); };
  // A UNIX socket is connected at once or not at all.
  if (IsUnix(address)) return Retry(connect);
  if (connect() == 0) return 0;
  // Other connections go on by themselves after an interruption; a second attempt would fail with EALREADY, see connect(2).
  return errno == EINTR ? -EINPROGRESS : -errno;
}

int StartConnect(int fd, Address& address) {
  // After a connection was made in the background, Linux lets one more connect succeed, whatever its address.
  int connected = IsStream(fd);
  if (connected > 0) connected = IsConnected(fd);
  if (connected != 0) return connected < 0 ? connected : -EISCONN;
  // There is no MSG_DONTWAIT for connect. Others that share the open file see it as non-blocking during this one call.
  if (const int refused = SetBlocking(fd, 0); refused < 0) return refused;
  const int result = Connect(fd, address);
  int restored = SetBlocking(fd, 1);
  // Worth a second attempt: otherwise the next call would unexpectedly not wait.
  if (restored < 0) restored = SetBlocking(fd, 1);
  return restored < 0 ? restored : result;
}

int Shutdown(int fd, int how) {
  return Retry([&] { return ::shutdown(fd, how); });
}

int TakeError(int fd) {
  int error = 0;
  const int result = GetOption(fd, SOL_SOCKET, SO_ERROR, {reinterpret_cast<uint8_t*>(&error), sizeof(error)});
  return result < 0 ? result : -error;
}

int Recv(int fd, Bytes buffer, int flags, Address* from) {
  const int all = flags | MSG_DONTWAIT;
  if (!from) return Retry([&] { return ::recv(fd, buffer.data, Clamp(buffer.size), all); });
  return Retry([&] {
    from->size = sizeof(from->storage);
    return ::recvfrom(fd, buffer.data, Clamp(buffer.size), all, Raw(*from), &from->size);
  });
}

// Nothing makes read(2) and write(2) on a blocking pipe return at once, so they are called only when poll says that
// they would. Other code that reads or writes the same pipe can still come first; the call then waits for the next
// opportunity.
int Read(int fd, Bytes buffer) {
  const int refused = buffer.size > 0 ? CheckReady(fd, Interest::kRead) : 0;
  if (refused < 0) return refused;
  return Retry([&] { return ::read(fd, buffer.data, Clamp(buffer.size)); });
}

int Write(int fd, Bytes data) {
  const int refused = data.size > 0 ? CheckReady(fd, Interest::kWrite) : 0;
  if (refused < 0) return refused;
  const int blocking = GetBlocking(fd);
  if (blocking < 0) return blocking;
  // A writable pipe accepts PIPE_BUF bytes without blocking, see pipe(7).
  const size_t size = blocking ? std::min<size_t>(data.size, PIPE_BUF) : Clamp(data.size);
  return Retry([&] { return ::write(fd, data.data, size); });
}

bool MayWait(int flags) {
  return (flags & (MSG_DONTWAIT | kErrorQueue)) == 0;
}

int WaitsForAll(int fd, int flags) {
  if ((flags & MSG_WAITALL) == 0 || (flags & (MSG_DONTWAIT | MSG_PEEK | MSG_OOB | kErrorQueue)) != 0) return 0;
  const int stream = IsStream(fd);
  return stream > 0 ? GetBlocking(fd) : stream;
}

Interest InterestOfRecv(int flags) {
  return flags & MSG_OOB ? Interest::kUrgent : Interest::kRead;
}

int GetOption(int fd, int level, int option, Bytes value) {
  socklen_t size = static_cast<socklen_t>(Clamp(value.size));
  const int result = Retry([&] { return ::getsockopt(fd, level, option, value.data, &size); });
  return result < 0 ? result : static_cast<int>(size);
}

int SetOption(int fd, int level, int option, Bytes value) {
  const socklen_t size = static_cast<socklen_t>(Clamp(value.size));
  return Retry([&] { return ::setsockopt(fd, level, option, value.data, size); });
}

}  // namespace net
