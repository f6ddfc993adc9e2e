#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <vector>

#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/first_look.h"
#include "selectors/poll_events.h"
#include "selectors/unique_fd.h"

using selectors::kEventRead;

// Since Linux 5.11; glibc before 2.35 has no wrapper. The number on every system that Node runs on.
#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 441
#endif

namespace {

static_assert(EPOLLIN == POLLIN && EPOLLOUT == POLLOUT);

// epoll(7). The set holds open files, not descriptors: one that is closed while a dup of it lives stays in the set, is
// reported for ever under a number that may belong to somebody else by then, and cannot be removed any more. So each
// registration has a generation, which comes back with its events; an event of none that lives is dropped, and the set
// is built anew.
class Epoll {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite;

  int Open() {
    set_.Reset(::epoll_create1(EPOLL_CLOEXEC));
    return set_.get() < 0 ? -errno : 0;
  }

  // A second epoll, made on first use, which holds the set alone: whoever waits for it keeps doing so when the set is
  // built anew.
  int Fileno() {
    if (queue_.get() >= 0) return queue_.get();
    selectors::UniqueFd queue(::epoll_create1(EPOLL_CLOEXEC));
    if (queue.get() < 0) return -errno;
    int result = Control(queue.get(), EPOLL_CTL_ADD, set_.get(), {kEventRead, 0});
    if (result < 0) return result;
    queue_.Reset(queue.Release());
    return queue_.get();
  }

  int Add(int fd, uint32_t events) {
    if (fd == queue_.get()) return -EINVAL;
    Interest interest = {events, next_generation_++};
    int result = Control(set_.get(), EPOLL_CTL_ADD, fd, interest);
    // A stale registration of the very same file under this number: take it over.
    if (result == -EEXIST) result = Control(set_.get(), EPOLL_CTL_MOD, fd, interest);
    if (result == 0) interests_.Insert(fd, interest);
    return result;
  }

  int Modify(int fd, uint32_t events) {
    Interest* interest = interests_.Find(fd);
    Interest changed = {events, interest->generation};
    int result = Control(set_.get(), EPOLL_CTL_MOD, fd, changed);
    if (result == 0) *interest = changed;
    return result;
  }

  int Remove(int fd) {
    interests_.Erase(fd);
    return Control(set_.get(), EPOLL_CTL_DEL, fd, {});
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
        ready.Push(fd, selectors::ToMask(events_[i].events, interest->events));
      }
    }
    if (!stale) return count < 0 ? count : static_cast<int>(ready.size());
    // Where that fails for want of descriptors or memory, what is ready is reported all the same.
    int result = Rebuild();
    if (ready.size() > 0) return static_cast<int>(ready.size());
    return result < 0 ? result : -EINTR;
  }

  int Close() {
    queue_.Reset();
    set_.Reset();
    return 0;
  }

 private:
  struct Interest {
    uint32_t events;
    uint32_t generation;
  };

  static int Control(int epoll, int operation, int fd, Interest interest) {
    epoll_event event = {};
    event.events = selectors::ToPollEvents(interest.events);
    event.data.u64 = static_cast<uint64_t>(interest.generation) << 32 | static_cast<uint32_t>(fd);
    return ::epoll_ctl(epoll, operation, fd, &event) < 0 ? -errno : 0;
  }

  // A timeout makes the kernel look at the clock, a third of the cost of a wait that finds something at once.
  int WaitForEvents(selectors::Nanoseconds timeout, int capacity) {
    if (timeout == selectors::Nanoseconds::zero()) return EpollWait(timeout, capacity);
    if (first_look_.IsDue()) {
      int count = EpollWait(selectors::Nanoseconds::zero(), capacity);
      if (count != 0) return count;
      first_look_.Missed();
    }
    int count = EpollWait(timeout, capacity);
    // Several at a time are a sign of more.
    if (count > 1) first_look_.Pays();
    return count;
  }

  int EpollWait(selectors::Nanoseconds timeout, int capacity) {
    if (nanoseconds_ && !selectors::IsWholeMilliseconds(timeout)) {
      // The kernel's own timespec, which has 64 bits on 32-bit systems too.
      const int64_t time[] = {timeout.count() / 1'000'000'000, timeout.count() % 1'000'000'000};
      long count = ::syscall(SYS_epoll_pwait2, set_.get(), events_.data(), capacity, time, nullptr, 0);
      if (count >= 0) return static_cast<int>(count);
      // EPERM is what a seccomp filter older than the call answers; the call itself never does.
      if (errno != ENOSYS && errno != EPERM) return -errno;
      nanoseconds_ = false;
    }
    int count = ::epoll_wait(set_.get(), events_.data(), capacity, selectors::ToMilliseconds(timeout));
    return count < 0 ? -errno : count;
  }

  // Whether the set does not have a descriptor any more: it is not open, or its number is a stranger's, who may be a file that
  // cannot be waited on. Any other refusal (ENOMEM) says nothing of it.
  static bool IsGone(int result) { return result == -EBADF || result == -ENOENT || result == -EPERM; }

  // Makes a new set of the living registrations: those that the old set finds under their descriptors. A descriptor that
  // was closed while registered is not among them, even when a stranger has its number by now: the set itself, which an
  // earlier Rebuild made, too.
  int Rebuild() {
    selectors::UniqueFd set(::epoll_create1(EPOLL_CLOEXEC));
    if (set.get() < 0) return -errno;
    int result = 0;
    interests_.ForEach([&](int fd, const Interest& interest) {
      if (result < 0 || fd == set_.get()) return;
      result = Control(set_.get(), EPOLL_CTL_MOD, fd, interest);
      if (IsGone(result)) {
        result = 0;
      } else if (result == 0) {
        result = Control(set.get(), EPOLL_CTL_ADD, fd, interest);
      }
    });
    if (result == 0 && queue_.get() >= 0) {
      result = Control(queue_.get(), EPOLL_CTL_ADD, set.get(), {kEventRead, 0});
    }
    // The old set leaves the queue by being closed.
    if (result == 0) set_.Reset(set.Release());
    return result;
  }

  selectors::UniqueFd set_;
  selectors::UniqueFd queue_;
  selectors::FdTable<Interest> interests_;
  uint32_t next_generation_ = 0;
  std::vector<epoll_event> events_;
  bool nanoseconds_ = true;
  selectors::FirstLook first_look_;
};

}  // namespace

SELECTORS_BACKEND(Epoll)
