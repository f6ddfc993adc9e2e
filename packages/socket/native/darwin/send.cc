// macOS honours MSG_DONTWAIT only when receiving: a send on a blocking socket waits until everything is accepted. So we send
// only when poll says that there is room, and only as many bytes as there is room for in that case: SO_SNDLOWAT.
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

// How many of `size` bytes to send at once. Datagrams are sent as a whole. They do not wait: without room they are refused with
// ENOBUFS.
int RoomFor(int fd, size_t size) {
  const int all = static_cast<int>(std::min<size_t>(size, INT_MAX));
  const int blocking = GetBlocking(fd);
  if (blocking <= 0) return blocking < 0 ? blocking : all;
  const int type = Ask(fd, SO_TYPE);
  if (type != SOCK_STREAM) return type < 0 ? type : all;
  const int room = Ask(fd, SO_SNDLOWAT);
  return room < 0 ? room : std::min(all, std::max(room, 1));
}

}  // namespace

int Send(int fd, Bytes data, int flags, const Address* to) {
  const int refused = data.size > 0 ? CheckReady(fd, Interest::kWrite) : 0;
  if (refused < 0) return refused;
  const int room = RoomFor(fd, data.size);
  if (room < 0) return room;
  const int all = flags | kNoSignal;
  const size_t size = static_cast<size_t>(room);
  if (!to) return Retry([&] { return ::send(fd, data.data, size, all); });
  const auto* address = reinterpret_cast<const sockaddr*>(&to->storage);
  return Retry([&] { return ::sendto(fd, data.data, size, all, address, to->size); });
}

}  // namespace net
