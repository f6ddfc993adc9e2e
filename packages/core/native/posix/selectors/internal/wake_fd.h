#ifndef SELECTORS_INTERNAL_WAKE_FD_H_
#define SELECTORS_INTERNAL_WAKE_FD_H_

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "selectors/internal/look_at.h"
#include "selectors/unique_fd.h"

namespace selectors {

// A descriptor that is readable from Raise() to Lower(): a pipe, made without pipe2(2), which macOS does not have.
class WakeFd {
 public:
  WakeFd() = default;
  WakeFd(const WakeFd&) = delete;
  WakeFd& operator=(const WakeFd&) = delete;

  // What is lost is not ours to close.
  ~WakeFd() {
    if (!IsOurs(reader_, file_[0])) reader_.Release();
    if (!IsOurs(writer_, file_[1])) writer_.Release();
  }

  int Open() {
    int ends[2];
    if (::pipe(ends) < 0) return -errno;
    reader_.Reset(ends[0]);
    writer_.Reset(ends[1]);
    for (int end : ends) {
      if (::fcntl(end, F_SETFD, FD_CLOEXEC) < 0 || ::fcntl(end, F_SETFL, O_NONBLOCK) < 0) return -errno;
    }
    return ::fstat(reader_.get(), &file_[0]) < 0 || ::fstat(writer_.get(), &file_[1]) < 0 ? -errno : 0;
  }

  int get() const { return reader_.get(); }

  // Whether any of its numbers is such a one.
  template <class Is>
  bool HasAny(const Is& is) const {
    return is(reader_.get()) || is(writer_.get());
  }

  // From any thread. Fails only if it is readable already. Other code's file is left alone; a wait at the other end then sees the
  // end of the pipe.
  void Raise() {
    if (!IsOurs(writer_, file_[1])) return;
    while (::write(writer_.get(), "", 1) < 0 && errno == EINTR) {
    }
  }

  // Reads everything: Raise() may have been called several times.
  void Lower() {
    if (!IsOurs(reader_, file_[0])) return;
    char bytes[64];
    ssize_t count;
    do {
      count = ::read(reader_.get(), bytes, sizeof bytes);
    } while (count > 0 || (count < 0 && errno == EINTR));
  }

  // A number of ours that other code has closed, and that may belong to another file by now; or -1.
  int Lost() const {
    if (!IsOurs(reader_, file_[0])) return reader_.get();
    return IsOurs(writer_, file_[1]) ? -1 : writer_.get();
  }

 private:
  static bool IsOurs(const UniqueFd& fd, const struct stat& ours) {
    return IsSameFile(fd.get(), ours.st_dev, ours.st_ino);
  }

  UniqueFd reader_;
  UniqueFd writer_;
  struct stat file_[2] = {};
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_WAKE_FD_H_
