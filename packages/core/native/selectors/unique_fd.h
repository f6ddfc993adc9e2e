#ifndef SELECTORS_UNIQUE_FD_H_
#define SELECTORS_UNIQUE_FD_H_

#include <unistd.h>

namespace selectors {

// Owns a file descriptor and closes it once.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() { Reset(); }

  int get() const { return fd_; }

  // Gives the descriptor away, open.
  int Release() {
    int fd = fd_;
    fd_ = -1;
    return fd;
  }

  void Reset(int fd = -1) {
    // Never retried: after EINTR the descriptor is already gone on Linux, see close(2).
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }

 private:
  int fd_ = -1;
};

}  // namespace selectors

#endif  // SELECTORS_UNIQUE_FD_H_
