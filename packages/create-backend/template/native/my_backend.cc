#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/memory.h"
#include "selectors/poll_events.h"

namespace {

// ppoll(2). There is no queue in the kernel: every wait passes the whole list. selectors/binding.h says what each method has to
// do.
class MyBackend {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite;

  int Open() { return 0; }

  int Fileno() { return -ENOTSUP; }

  int Add(int fd, uint32_t events) {
    return polled_.Push({fd, static_cast<short>(selectors::ToPollEvents(events)), 0}) ? 0 : -ENOMEM;
  }

  int Modify(int fd, uint32_t events) {
    Find(fd)->events = static_cast<short>(selectors::ToPollEvents(events));
    return 0;
  }

  int Remove(int fd) {
    polled_.Erase(Find(fd));
    return 0;
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    const timespec time = selectors::ToTimespec(timeout);
    if (::ppoll(polled_.data(), polled_.size(), &time, nullptr) < 0) return -errno;
    for (const pollfd& polled : polled_) {
      // As `hangUp` in `supports` says: a hang-up, an error and an invalid descriptor count as every event that is waited for.
      uint32_t mask = selectors::ToMask(polled.revents, selectors::FromPollEvents(polled.events));
      if (mask != 0 && !ready.Push(polled.fd, mask)) break;
    }
    return static_cast<int>(ready.size());
  }

  int Close() {
    polled_.Clear();
    return 0;
  }

 private:
  pollfd* Find(int fd) {
    return std::find_if(polled_.begin(), polled_.end(), [fd](const pollfd& polled) { return polled.fd == fd; });
  }

  selectors::List<pollfd> polled_;
};

}  // namespace

SELECTORS_BACKEND(MyBackend, "my-backend")
