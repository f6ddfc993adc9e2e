#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <vector>

#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/unique_fd.h"

using selectors::kEventRead;
using selectors::kEventWrite;

// Since Linux 5.11; glibc before 2.35 has no wrapper. The number is the same on every architecture.
#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 441
#endif

// epoll(7). The set holds open files, not descriptors: one that is closed while a dup of it lives stays in the set, is
// reported for ever under a number that may belong to somebody else by then, and cannot be removed any more. So each
// registration has a generation, which comes back with its events; an event of none that lives is dropped, and the set
// is built anew.
class Epoll {
 public:
  int Open() {
    epoll_.Reset(::epoll_create1(EPOLL_CLOEXEC));
    return epoll_.get() < 0 ? -errno : 0;
  }

  int Fileno() const { return epoll_.get(); }

  int Add(int fd, uint32_t events) {
    if (events & ~selectors::kAllEvents) return -EINVAL;
    Interest interest = {events, next_generation_++};
    int result = Control(epoll_.get(), EPOLL_CTL_ADD, fd, interest);
    // A stale registration of the very same file under this number: take it over.
    if (result == -EEXIST) result = Control(epoll_.get(), EPOLL_CTL_MOD, fd, interest);
    if (result == 0) interests_.Insert(fd, interest);
    return result;
  }

  int Modify(int fd, uint32_t events) {
    if (events & ~selectors::kAllEvents) return -EINVAL;
    Interest* interest = interests_.Find(fd);
    Interest changed = {events, interest->generation};
    int result = Control(epoll_.get(), EPOLL_CTL_MOD, fd, changed);
    if (result == 0) *interest = changed;
    return result;
  }

  int Remove(int fd) {
    interests_.Erase(fd);
    return Control(epoll_.get(), EPOLL_CTL_DEL, fd, {});
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    if (events_.size() < ready.capacity()) events_.resize(ready.capacity());
    int count = WaitForEvents(timeout, static_cast<int>(ready.capacity()));
    bool stale = false;
    for (int i = 0; i < count; i++) {
      int fd = static_cast<int>(events_[i].data.u64 & UINT32_MAX);
      Interest* interest = interests_.Find(fd);
      if (interest == nullptr || interest->generation != events_[i].data.u64 >> 32) {
        stale = true;
      } else {
        ready.Push(fd, ToMask(events_[i].events) & interest->events);
      }
    }
    if (stale) {
      int result = Rebuild();
      if (result < 0) return result;
      if (ready.size() == 0) return -EINTR;
    }
    return count < 0 ? count : static_cast<int>(ready.size());
  }

  int Close() {
    epoll_.Reset();
    return 0;
  }

 private:
  struct Interest {
    uint32_t events;
    uint32_t generation;
  };

  static int Control(int epoll, int operation, int fd, Interest interest) {
    epoll_event event = {};
    if (interest.events & kEventRead) event.events |= EPOLLIN;
    if (interest.events & kEventWrite) event.events |= EPOLLOUT;
    event.data.u64 = static_cast<uint64_t>(interest.generation) << 32 | static_cast<uint32_t>(fd);
    return ::epoll_ctl(epoll, operation, fd, &event) < 0 ? -errno : 0;
  }

  // A hang-up and an error count as both events, see Lib/selectors.py.
  static uint32_t ToMask(uint32_t events) {
    return (events & ~static_cast<uint32_t>(EPOLLOUT) ? kEventRead : 0) |
           (events & ~static_cast<uint32_t>(EPOLLIN) ? kEventWrite : 0);
  }

  int WaitForEvents(selectors::Nanoseconds timeout, int capacity) {
    if (nanoseconds_ && timeout.count() % 1'000'000 != 0) {
      timespec time = selectors::ToTimespec(timeout);
      long count = ::syscall(SYS_epoll_pwait2, epoll_.get(), events_.data(), capacity, &time, nullptr, 0);
      if (count >= 0) return static_cast<int>(count);
      // EPERM is what a seccomp filter older than the call answers; the call itself never does.
      if (errno != ENOSYS && errno != EPERM) return -errno;
      nanoseconds_ = false;
    }
    int count = ::epoll_wait(epoll_.get(), events_.data(), capacity, selectors::ToMilliseconds(timeout));
    return count < 0 ? -errno : count;
  }

  // Makes a new set of the living registrations and puts it under the old one's descriptor.
  int Rebuild() {
    selectors::UniqueFd rebuilt(::epoll_create1(EPOLL_CLOEXEC));
    if (rebuilt.get() < 0) return -errno;
    interests_.ForEach([&](int fd, const Interest& interest) {
      // Refused for a descriptor that was closed while registered, which epoll forgets in any case.
      Control(rebuilt.get(), EPOLL_CTL_ADD, fd, interest);
    });
    return ::dup3(rebuilt.get(), epoll_.get(), O_CLOEXEC) < 0 ? -errno : 0;
  }

  selectors::UniqueFd epoll_;
  selectors::FdTable<Interest> interests_;
  uint32_t next_generation_ = 0;
  std::vector<epoll_event> events_;
  bool nanoseconds_ = true;
};

SELECTORS_BACKEND(Epoll)
