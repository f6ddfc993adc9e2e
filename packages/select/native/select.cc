#include <sys/select.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "selectors/binding.h"
#include "selectors/deadline.h"
#include "selectors/events.h"
#include "selectors/memory.h"

using selectors::kEventPriority;
using selectors::kEventRead;
using selectors::kEventWrite;
using selectors::kOneShot;

namespace {

// pselect(2). There is no queue in the kernel: every wait passes whole sets.
class Select {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite | kEventPriority | kOneShot;

  int Open() {
    for (fd_set* set : {&readers_, &writers_, &urgent_, &shots_}) FD_ZERO(set);
    return 0;
  }

  int Fileno() { return -ENOTSUP; }

  int Add(int fd, uint32_t events) {
    // A set has bits for numbers below FD_SETSIZE only.
    if (fd >= FD_SETSIZE) return -ERANGE;
    if (!fds_.Insert(Place(fd), fd)) return -ENOMEM;
    Include(fd, events);
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    Exclude(fd);
    Include(fd, events);
    return 0;
  }

  int Remove(int fd) {
    int* place = Place(fd);
    if (place == fds_.end() || *place != fd) return -ENOENT;
    fds_.Erase(place);
    Exclude(fd);
    return 0;
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    // Most have no rare events, and do not pay for them.
    return rare_count_ > 0 ? WaitFor<true>(timeout, ready) : WaitFor<false>(timeout, ready);
  }

  int Close() {
    fds_.Clear();
    return 0;
  }

 private:
  template <bool kRare>
  int WaitFor(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    fd_set readable = readers_;
    fd_set writable = writers_;
    fd_set exceptional;
    if constexpr (kRare) exceptional = urgent_;
    const timespec time = selectors::ToTimespec(timeout);
    const int limit = fds_.empty() ? 0 : fds_.back() + 1;
    int left = ::pselect(limit, &readable, &writable, kRare ? &exceptional : nullptr, &time, nullptr);
    if (left < 0) return -errno;
    // In ascending order, and only until the returned count is reached: Linux, macOS, OpenBSD and NetBSD leave the bits above the
    // process's descriptor table as they were, whatever their state.
    for (size_t i = 0; left > 0 && i < fds_.size(); i++) {
      int fd = fds_[i];
      bool reads = FD_ISSET(fd, &readable);
      bool writes = FD_ISSET(fd, &writable);
      bool urges = kRare && FD_ISSET(fd, &exceptional);
      if (!reads && !writes && !urges) continue;
      left -= reads + writes + urges;
      uint32_t mask = (reads ? kEventRead : 0) | (writes ? kEventWrite : 0) | (urges ? kEventPriority : 0);
      if (!ready.Push(fd, mask)) break;
      // Until Modify() includes it again.
      if (kRare && FD_ISSET(fd, &shots_)) Exclude(fd);
    }
    return static_cast<int>(ready.size());
  }

  int* Place(int fd) { return std::lower_bound(fds_.begin(), fds_.end(), fd); }

  void Include(int fd, uint32_t events) {
    if (events & kEventRead) FD_SET(fd, &readers_);
    if (events & kEventWrite) FD_SET(fd, &writers_);
    if (events <= selectors::kReadWrite) return;
    if (events & kEventPriority) FD_SET(fd, &urgent_);
    if (events & kOneShot) FD_SET(fd, &shots_);
    rare_count_++;
  }

  void Exclude(int fd) {
    FD_CLR(fd, &readers_);
    FD_CLR(fd, &writers_);
    if (rare_count_ == 0 || (!FD_ISSET(fd, &urgent_) && !FD_ISSET(fd, &shots_))) return;
    FD_CLR(fd, &urgent_);
    FD_CLR(fd, &shots_);
    rare_count_--;
  }

  // Sorted.
  selectors::List<int> fds_;
  fd_set readers_;
  fd_set writers_;
  fd_set urgent_;
  // One-shots, which are excluded once they are reported.
  fd_set shots_;
  // How many are in one of the last two.
  int rare_count_ = 0;
};

}  // namespace

SELECTORS_BACKEND(Select, "@selectors/select")
