#pragma once

#include <cerrno>

namespace net {

/** Calls until no signal interrupts: the result, or -errno. */
template <typename Call>
int Retry(Call call) {
  for (;;) {
    const auto result = call();
    if (result >= 0) return static_cast<int>(result);
    if (errno != EINTR) return -errno;
  }
}

}  // namespace net
