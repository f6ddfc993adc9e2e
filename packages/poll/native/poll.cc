#include <poll.h>

#include <cerrno>
#include <cstdint>
#include <vector>

#include "poll_for.h"
#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"

using selectors::kEventRead;
using selectors::kEventWrite;

namespace {

// poll(2). There is no queue in the kernel: every wait passes the whole list.
class Poll {
 public:
  int Open() { return 0; }

  int Fileno() { return -ENOTSUP; }

  int Add(int fd, uint32_t events) {
    if (events & ~selectors::kAllEvents) return -EINVAL;
    places_.Insert(fd, polled_.size());
    polled_.push_back({fd, ToPollEvents(events), 0});
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    if (events & ~selectors::kAllEvents) return -EINVAL;
    polled_[*places_.Find(fd)].events = ToPollEvents(events);
    return 0;
  }

  // Fills the gap with the last one, so that the list stays dense.
  int Remove(int fd) {
    size_t* place = places_.Find(fd);
    if (place == nullptr) return -ENOENT;
    polled_[*place] = polled_.back();
    *places_.Find(polled_.back().fd) = *place;
    polled_.pop_back();
    places_.Erase(fd);
    return 0;
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    int left = PollFor(polled_, timeout);
    if (left < 0) return -errno;
    for (size_t i = 0; left > 0 && i < polled_.size(); i++) {
      const pollfd& polled = polled_[i];
      if (polled.revents == 0) continue;
      left--;
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
  static short ToPollEvents(uint32_t events) {
    return static_cast<short>((events & kEventRead ? POLLIN : 0) | (events & kEventWrite ? POLLOUT : 0));
  }

  // A hang-up, an error and an invalid descriptor count as every event that is waited for, see Lib/selectors.py.
  static uint32_t ToMask(int revents, int events) {
    return (revents & ~POLLOUT && events & POLLIN ? kEventRead : 0) |
           (revents & ~POLLIN && events & POLLOUT ? kEventWrite : 0);
  }

  std::vector<pollfd> polled_;
  // Where in the list each descriptor stands.
  selectors::FdTable<size_t> places_;
};

}  // namespace

SELECTORS_BACKEND(Poll)
