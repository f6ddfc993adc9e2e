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

bool IsConnectedStream(int fd) {
  int identity[3] = {};
  Address peer = {};
  return Identify(fd, identity) == 0 && identity[1] == SOCK_STREAM && GetPeerName(fd, peer) == 0;
}

// Results travel as int; no system moves more in one call.
size_t Clamp(size_t size) {
  return std::min<size_t>(size, INT_MAX);
}

int StartConnect(int fd, Address& address) {
  if (::connect(fd, Raw(address), address.size) == 0) return 0;
  // An interrupted connect goes on by itself; a second one would answer EALREADY, see connect(2).
  return errno == EINTR ? -EINPROGRESS : -errno;
}

}  // namespace

int Bind(int fd, Address& address) {
  return Retry([&] { return ::bind(fd, Raw(address), address.size); });
}

int Listen(int fd, int backlog) {
  return Retry([&] { return ::listen(fd, backlog); });
}

int Connect(int fd, Address& address) {
  if (!IsBlocking(fd)) return StartConnect(fd, address);
  // After a connection that was made in the background, Linux lets one more connect pass, wherever it leads.
  if (IsConnectedStream(fd)) return -EISCONN;
  // There is no MSG_DONTWAIT for connect. Whoever shares the open file sees it non-blocking for this one call only.
  SetBlocking(fd, 0);
  const int result = StartConnect(fd, address);
  SetBlocking(fd, 1);
  return result;
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
// they would. Somebody else who reads or writes the same pipe can still come first; the call then waits for the next
// turn.
int Read(int fd, Bytes buffer) {
  if (buffer.size > 0 && WouldBlock(fd, Interest::kRead)) return -EAGAIN;
  return Retry([&] { return ::read(fd, buffer.data, Clamp(buffer.size)); });
}

int Write(int fd, Bytes data) {
  if (data.size > 0 && WouldBlock(fd, Interest::kWrite)) return -EAGAIN;
  // A writable pipe takes PIPE_BUF bytes without blocking, see pipe(7).
  const size_t size = IsBlocking(fd) ? std::min<size_t>(data.size, PIPE_BUF) : Clamp(data.size);
  return Retry([&] { return ::write(fd, data.data, size); });
}

bool MayWait(int flags) {
  return (flags & (MSG_DONTWAIT | kErrorQueue)) == 0;
}

bool WaitsForAll(int fd, int flags) {
  if ((flags & MSG_WAITALL) == 0 || (flags & (MSG_DONTWAIT | MSG_PEEK | MSG_OOB | kErrorQueue)) != 0) return false;
  int identity[3] = {};
  return Identify(fd, identity) == 0 && identity[1] == SOCK_STREAM && IsBlocking(fd);
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
