#include <algorithm>
#include <climits>

#include "constants.h"
#include "retry.h"
#include "system.h"

namespace net {

int Send(int fd, Bytes data, int flags, const Address* to) {
  const int all = flags | MSG_DONTWAIT | kNoSignal;
  const size_t size = std::min<size_t>(data.size, INT_MAX);
  if (!to) return Retry([&] { return ::send(fd, data.data, size, all); });
  const auto* address = reinterpret_cast<const sockaddr*>(&to->storage);
  return Retry([&] { return ::sendto(fd, data.data, size, all, address, to->size); });
}

}  // namespace net
