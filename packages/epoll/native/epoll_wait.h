#ifndef EPOLL_WAIT_H_
#define EPOLL_WAIT_H_

#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "selectors/deadline.h"
#include "selectors/first_look.h"
#include "selectors/memory.h"

// Since Linux 5.11; glibc before 2.35 has no wrapper. The number on every system that Node runs on.
#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 441
#endif

// Waits for the events of a set, to the nanosecond where the kernel can.
class EpollWait {
 public:
  const epoll_event& operator[](size_t i) const { return events_[i]; }

  // How many events there are, or -errno.
  // A timeout makes the kernel look at the clock, a third of the cost of a wait that finds something at once.
  int For(int set, selectors::Nanoseconds timeout, size_t capacity) {
    if (!events_.Reserve(capacity)) return -ENOMEM;
    if (timeout == selectors::Nanoseconds::zero()) return Once(set, timeout, static_cast<int>(capacity));
    if (first_look_.IsDue()) {
      int count = Once(set, selectors::Nanoseconds::zero(), static_cast<int>(capacity));
      if (count != 0) return count;
      first_look_.Missed();
    }
    int count = Once(set, timeout, static_cast<int>(capacity));
    // Several at once suggest that more will follow.
    if (count > 1) first_look_.Pays();
    return count;
  }

 private:
  int Once(int set, selectors::Nanoseconds timeout, int capacity) {
    if (nanoseconds_ && !selectors::IsWholeMilliseconds(timeout)) {
      // The kernel's own timespec, which has 64 bits on 32-bit systems too.
      const int64_t time[] = {timeout.count() / 1'000'000'000, timeout.count() % 1'000'000'000};
      long count = ::syscall(SYS_epoll_pwait2, set, events_.data(), capacity, time, nullptr, 0);
      if (count >= 0) return static_cast<int>(count);
      // EPERM comes from seccomp filters older than the call; the call itself never returns it.
      if (errno != ENOSYS && errno != EPERM) return -errno;
      nanoseconds_ = false;
    }
    int count = ::epoll_wait(set, events_.data(), capacity, selectors::ToMilliseconds(timeout));
    return count < 0 ? -errno : count;
  }

  selectors::List<epoll_event> events_;
  bool nanoseconds_ = true;
  selectors::FirstLook first_look_;
};

#endif  // EPOLL_WAIT_H_
