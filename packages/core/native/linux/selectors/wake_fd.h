#ifndef SELECTORS_WAKE_FD_H_
#define SELECTORS_WAKE_FD_H_

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "selectors/unique_fd.h"

namespace selectors {

// A descriptor that is readable from Raise() to Lower(). eventfd(2): Linux.
class WakeFd {
 public:
  int Open() {
    event_.Reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    return event_.get() < 0 ? -errno : 0;
  }

  int get() const { return event_.get(); }

  // From any thread. Fails only where it is readable already.
  void Raise() {
    const uint64_t one = 1;
    while (::write(event_.get(), &one, sizeof one) < 0 && errno == EINTR) {
    }
  }

  void Lower() {
    uint64_t count;
    while (::read(event_.get(), &count, sizeof count) < 0 && errno == EINTR) {
    }
  }

 private:
  UniqueFd event_;
};

}  // namespace selectors

#endif  // SELECTORS_WAKE_FD_H_
