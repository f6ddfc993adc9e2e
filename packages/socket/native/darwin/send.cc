// macOS looks at MSG_DONTWAIT when it receives only: a send on a blocking socket waits until everything is taken. So one is
// made only when poll says that there is room, and of as many bytes as there is room for then at least: SO_SNDLOWAT.
#include <algorithm>
#include <climits>

#include "constants.h"
#include "retry.h"
#include "system.h"

namespace net {

namespace {

int Ask(int fd, int option) {
  int value = 0;
  const int result = GetOption(fd, SOL_SOCKET, option, {reinterpret_cast<uint8_t*>(&value), sizeof(value)});
  return result < 0 ? result : value;
}

// Datagrams go as a whole. They do not wait: without room they are refused with ENOBUFS.
size_t RoomFor(int fd, size_t size) {
  const bool in_parts = IsBlocking(fd) && Ask(fd, SO_TYPE) == SOCK_STREAM;
  const int room = in_parts ? std::max(Ask(fd, SO_SNDLOWAT), 1) : INT_MAX;
  return std::min<size_t>(size, room);
}

}  // namespace

int Send(int fd, Bytes data, int flags, const Address* to) {
  if (data.size > 0 && WouldBlock(fd, Interest::kWrite)) return -EAGAIN;
  const int all = flags | kNoSignal;
  const size_t size = RoomFor(fd, data.size);
  if (!to) return Retry([&] { return ::send(fd, data.data, size, all); });
  const auto* address = reinterpret_cast<const sockaddr*>(&to->storage);
  return Retry([&] { return ::sendto(fd, data.data, size, all, address, to->size); });
}

}  // namespace net
