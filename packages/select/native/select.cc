#include <sys/select.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <vector>

#include "selectors/binding.h"
#include "selectors/deadline.h"
#include "selectors/events.h"

using selectors::kEventRead;
using selectors::kEventWrite;

namespace {

// pselect(2). There is no queue in the kernel: every wait passes whole sets.
class Select {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite;

  int Open() {
    FD_ZERO(&readers_);
    FD_ZERO(&writers_);
    return 0;
  }

  int Fileno() { return -ENOTSUP; }

  int Add(int fd, uint32_t events) {
    // A set is bits up to FD_SETSIZE.
    if (fd >= FD_SETSIZE) return -ERANGE;
    fds_.insert(Place(fd), fd);
    Include(fd, events);
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    Exclude(fd);
    Include(fd, events);
    return 0;
  }

  int Remove(int fd) {
    auto place = Place(fd);
    if (place == fds_.end() || *place != fd) return -ENOENT;
    fds_.erase(place);
    Exclude(fd);
    return 0;
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    fd_set readable = readers_;
    fd_set writable = writers_;
    const timespec time = selectors::ToTimespec(timeout);
    int left = ::pselect(fds_.empty() ? 0 : fds_.back() + 1, &readable, &writable, nullptr, &time, nullptr);
    if (left < 0) return -errno;
    // In ascending order, and no further than what was counted: Linux leaves the bits above the process's descriptor
    // table as they were, whatever is up with them.
    for (size_t i = 0; left > 0 && i < fds_.size(); i++) {
      int fd = fds_[i];
      bool reads = FD_ISSET(fd, &readable);
      bool writes = FD_ISSET(fd, &writable);
      if (!reads && !writes) continue;
      left -= reads + writes;
      if (!ready.Push(fd, (reads ? kEventRead : 0) | (writes ? kEventWrite : 0))) break;
    }
    return static_cast<int>(ready.size());
  }

  int Close() {
    fds_.clear();
    return 0;
  }

 private:
  std::vector<int>::iterator Place(int fd) { return std::lower_bound(fds_.begin(), fds_.end(), fd); }

  void Include(int fd, uint32_t events) {
    if (events & kEventRead) FD_SET(fd, &readers_);
    if (events & kEventWrite) FD_SET(fd, &writers_);
  }

  void Exclude(int fd) {
    FD_CLR(fd, &readers_);
    FD_CLR(fd, &writers_);
  }

  // Sorted.
  std::vector<int> fds_;
  fd_set readers_;
  fd_set writers_;
};

}  // namespace

SELECTORS_BACKEND(Select, "@selectors/select")
