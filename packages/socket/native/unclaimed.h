#pragma once

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "system.h"

namespace net {

/**
 * Descriptors on their way through JavaScript, from the call that opened them to the object that owns them. They are
 * closed with the environment, which may end in between.
 */
class Unclaimed {
 public:
  Unclaimed() = default;
  Unclaimed(const Unclaimed&) = delete;
  Unclaimed& operator=(const Unclaimed&) = delete;
  ~Unclaimed() {
    for (const int fd : fds_) Close(fd);
  }

  /** Takes the descriptors of a call that succeeded, and passes its result on. */
  int Add(int result, std::initializer_list<int> fds) {
    if (result >= 0) fds_.insert(fds_.end(), fds);
    return result;
  }

  /** Gives a descriptor to its owner: whether it was here. */
  bool Claim(int fd) {
    const auto end = std::remove(fds_.begin(), fds_.end(), fd);
    const bool found = end != fds_.end();
    fds_.erase(end, fds_.end());
    return found;
  }

 private:
  std::vector<int> fds_;
};

}  // namespace net
