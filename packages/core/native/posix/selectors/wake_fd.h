#ifndef SELECTORS_WAKE_FD_H_
#define SELECTORS_WAKE_FD_H_

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "selectors/unique_fd.h"

namespace selectors {

// A descriptor that is readable from Raise() to Lower(): a pipe, made without pipe2(2), which macOS has not got.
class WakeFd {
 public:
  int Open() {
    int ends[2];
    if (::pipe(ends) < 0) return -errno;
    reader_.Reset(ends[0]);
    writer_.Reset(ends[1]);
    for (int end : ends) {
      if (::fcntl(end, F_SETFD, FD_CLOEXEC) < 0 || ::fcntl(end, F_SETFL, O_NONBLOCK) < 0) return -errno;
    }
    return 0;
  }

  int get() const { return reader_.get(); }

  // From any thread. Fails only where it is readable already.
  void Raise() {
    while (::write(writer_.get(), "", 1) < 0 && errno == EINTR) {
    }
  }

  // Takes all that has come: Raise() may have been called again and again.
  void Lower() {
    char bytes[64];
    ssize_t count;
    do {
      count = ::read(reader_.get(), bytes, sizeof bytes);
    } while (count > 0 || (count < 0 && errno == EINTR));
  }

 private:
  UniqueFd reader_;
  UniqueFd writer_;
};

}  // namespace selectors

#endif  // SELECTORS_WAKE_FD_H_
