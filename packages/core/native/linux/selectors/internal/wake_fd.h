#ifndef SELECTORS_INTERNAL_WAKE_FD_H_
#define SELECTORS_INTERNAL_WAKE_FD_H_

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "selectors/anonymous_file.h"
#include "selectors/unique_fd.h"

namespace selectors {

// A descriptor that is readable from Raise() to Lower(). eventfd(2): Linux.
//
// It has two numbers, one to poll and one to write to: a program that closes a number twice may close one that is
// ours by then, and a wait on the other is reached all the same.
class WakeFd {
 public:
  WakeFd() = default;
  WakeFd(const WakeFd&) = delete;
  WakeFd& operator=(const WakeFd&) = delete;

  // What is lost is not ours to close.
  ~WakeFd() {
    for (UniqueFd* fd : {&event_, &polled_}) {
      if (!IsAnonymousFile(fd->get())) fd->Release();
    }
  }

  int Open() {
    event_.Reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (event_.get() < 0) return -errno;
    polled_.Reset(::fcntl(event_.get(), F_DUPFD_CLOEXEC, 0));
    return polled_.get() < 0 ? -errno : 0;
  }

  int get() const { return polled_.get(); }

  // Whether any of its numbers is such a one.
  template <class Is>
  bool HasAny(const Is& is) const {
    return is(event_.get()) || is(polled_.get());
  }

  // From any thread. Changes nothing if it is readable already.
  void Raise() {
    const uint64_t one = 1;
    if (!Use([&](int fd) { return ::write(fd, &one, sizeof one); }, event_.get())) {
      Use([&](int fd) { return ::write(fd, &one, sizeof one); }, polled_.get());
    }
  }

  void Lower() {
    uint64_t count;
    if (!Use([&](int fd) { return ::read(fd, &count, sizeof count); }, event_.get())) {
      Use([&](int fd) { return ::read(fd, &count, sizeof count); }, polled_.get());
    }
  }

  // A number of ours that other code has closed, and that may belong to another file by now; or -1.
  int Lost() const {
    if (!IsAnonymousFile(polled_.get())) return polled_.get();
    return IsAnonymousFile(event_.get()) ? -1 : event_.get();
  }

 private:
  // False if a number is no longer ours. Other code's file is left alone.
  template <class Call>
  static bool Use(Call call, int fd) {
    if (!IsAnonymousFile(fd)) return false;
    while (call(fd) < 0) {
      if (errno != EINTR) return errno == EAGAIN;
    }
    return true;
  }

  UniqueFd event_;
  UniqueFd polled_;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_WAKE_FD_H_
