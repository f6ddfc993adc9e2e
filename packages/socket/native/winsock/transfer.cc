// To the system every socket is non-blocking, see descriptor.cc, so no call here waits.
#include <algorithm>
#include <cerrno>
#include <climits>

#include "retry.h"
#include "system.h"

namespace net {

namespace {

sockaddr* Raw(Address& address) {
  return reinterpret_cast<sockaddr*>(&address.storage);
}

char* Raw(Bytes bytes) {
  return reinterpret_cast<char*>(bytes.data);
}

int Size(Bytes bytes) {
  return static_cast<int>(std::min<size_t>(bytes.size, INT_MAX));
}

}  // namespace

int Bind(int fd, Address& address) {
  return Retry([&] { return ::bind(fd, Raw(address), address.size); });
}

int Listen(int fd, int backlog) {
  return Retry([&] { return ::listen(fd, backlog); });
}

int Connect(int fd, Address& address) {
  const int result = Retry([&] { return ::connect(fd, Raw(address), address.size); });
  return result == -EAGAIN ? -EINPROGRESS : result;
}

int StartConnect(int fd, Address& address) {
  return Connect(fd, address);
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
  // Refused for a non-blocking socket; WaitsForAll() sees to it.
  const int all = flags & ~MSG_WAITALL;
  if (from) from->size = sizeof(from->storage);
  const int result = Retry([&] {
    return from ? ::recvfrom(fd, Raw(buffer), Size(buffer), all, Raw(*from), &from->size)
                : ::recv(fd, Raw(buffer), Size(buffer), all);
  });
  // The rest of a datagram is lost, and nothing comes after shutdown(), as on other systems; but there these are not errors.
  if (result == -WSAEMSGSIZE) return Size(buffer);
  return result == -EPIPE ? 0 : result;
}

int Send(int fd, Bytes data, int flags, const Address* to) {
  if (!to) return Retry([&] { return ::send(fd, Raw(data), Size(data), flags); });
  const auto* address = reinterpret_cast<const sockaddr*>(&to->storage);
  return Retry([&] { return ::sendto(fd, Raw(data), Size(data), flags, address, to->size); });
}

int Read(int fd, Bytes buffer) {
  return Recv(fd, buffer, 0, nullptr);
}

int Write(int fd, Bytes data) {
  return Send(fd, data, 0, nullptr);
}

bool MayWait(int /* flags */) {
  return true;
}

int WaitsForAll(int fd, int flags) {
  if ((flags & MSG_WAITALL) == 0 || (flags & (MSG_PEEK | MSG_OOB)) != 0) return 0;
  int identity[3] = {};
  const int result = Identify(fd, identity);
  return result < 0 ? result : identity[1] == SOCK_STREAM ? GetBlocking(fd) : 0;
}

Interest InterestOfRecv(int flags) {
  return flags & MSG_OOB ? Interest::kUrgent : Interest::kRead;
}

int GetOption(int fd, int level, int option, Bytes value) {
  int size = Size(value);
  const int result = Retry([&] { return ::getsockopt(fd, level, option, Raw(value), &size); });
  return result < 0 ? result : size;
}

int SetOption(int fd, int level, int option, Bytes value) {
  return Retry([&] { return ::setsockopt(fd, level, option, Raw(value), Size(value)); });
}

}  // namespace net
