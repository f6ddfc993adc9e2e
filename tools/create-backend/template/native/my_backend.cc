#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <vector>

#include "selectors/binding.h"
#include "selectors/events.h"

using selectors::kEventRead;
using selectors::kEventWrite;

namespace {

// ppoll(2). There is no queue in the kernel: every wait passes the whole list. What each method has to do stands in
// selectors/binding.h.
class MyBackend {
 public:
  int Open() { return 0; }

  int Fileno() { return -ENOTSUP; }

  int Add(int fd, uint32_t events) {
    if (events & ~selectors::kAllEvents) return -EINVAL;
    polled_.push_back({fd, ToPollEvents(events), 0});
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    if (events & ~selectors::kAllEvents) return -EINVAL;
    Find(fd)->events = ToPollEvents(events);
    return 0;
  }

  int Remove(int fd) {
    polled_.erase(Find(fd));
    return 0;
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    const timespec time = selectors::ToTimespec(timeout);
    if (::ppoll(polled_.data(), polled_.size(), &time, nullptr) < 0) return -errno;
    for (const pollfd& polled : polled_) {
      uint32_t mask = ToMask(polled.revents, polled.events);
      if (mask != 0 && !ready.Push(polled.fd, mask)) break;
    }
    return static_cast<int>(ready.size());
  }

  int Close() {
    polled_.clear();
    return 0;
  }

 private:
  std::vector<pollfd>::iterator Find(int fd) {
    return std::find_if(polled_.begin(), polled_.end(), [fd](const pollfd& polled) { return polled.fd == fd; });
  }

  static short ToPollEvents(uint32_t events) {
    return static_cast<short>((events & kEventRead ? POLLIN : 0) | (events & kEventWrite ? POLLOUT : 0));
  }

  // A hang-up, an error and an invalid descriptor count as every event that is waited for: `hangUp` of `supports`.
  static uint32_t ToMask(int revents, int events) {
    return (revents & ~POLLOUT && events & POLLIN ? kEventRead : 0) |
           (revents & ~POLLIN && events & POLLOUT ? kEventWrite : 0);
  }

  std::vector<pollfd> polled_;
};

}  // namespace

SELECTORS_BACKEND(MyBackend)
