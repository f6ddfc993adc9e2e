#include <poll.h>

#include <cerrno>
#include <cstdint>
#include <vector>

#include "poll_for.h"
#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/poll_events.h"

namespace {

// poll(2). There is no queue in the kernel: every wait passes the whole list.
class Poll {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite;

  int Open() { return 0; }

  int Fileno() { return -ENOTSUP; }

  int Add(int fd, uint32_t events) {
    places_.Insert(fd, polled_.size());
    polled_.push_back({fd, static_cast<short>(selectors::ToPollEvents(events)), 0});
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    polled_[*places_.Find(fd)].events = static_cast<short>(selectors::ToPollEvents(events));
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
      uint32_t mask = selectors::ToMask(polled.revents, selectors::FromPollEvents(polled.events));
      if (mask != 0 && !ready.Push(polled.fd, mask)) break;
    }
    return static_cast<int>(ready.size());
  }

  int Close() {
    polled_.clear();
    return 0;
  }

 private:
  std::vector<pollfd> polled_;
  // Where in the list each descriptor stands.
  selectors::FdTable<size_t> places_;
};

}  // namespace

SELECTORS_BACKEND(Poll, "@selectors/poll")
