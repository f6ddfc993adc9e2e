#include <poll.h>

#include <cerrno>
#include <cstdint>

#include "poll_for.h"
#include "pollable.h"
#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"
#include "selectors/poll_events.h"

namespace {

// poll(2). There is no queue in the kernel: every wait passes the whole list.
class Poll {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite | selectors::kEventPriority | selectors::kEventHangup |
                                      selectors::kEventError | selectors::kOneShot;

  int Open() { return 0; }

  int Fileno() { return -ENOTSUP; }

  int Add(int fd, uint32_t events) {
    const bool has_room =
        places_.Reserve(fd) && polled_.Reserve(polled_.size() + 1) && events_.Reserve(events_.size() + 1);
    if (!has_room) return -ENOMEM;
    if (int result = CheckPollable(fd)) return result;
    places_.Insert(fd, polled_.size());
    (void)polled_.Push({fd, ToBits(events), 0});
    (void)events_.Push(events);
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    const size_t place = *places_.Find(fd);
    polled_[place] = {fd, ToBits(events), 0};
    events_[place] = events;
    return 0;
  }

  // Fills the gap with the last one, so that the list stays dense.
  int Remove(int fd) {
    size_t* place = places_.Find(fd);
    if (place == nullptr) return -ENOENT;
    polled_[*place] = polled_.back();
    events_[*place] = events_.back();
    *places_.Find(FdOf(polled_.back())) = *place;
    polled_.Pop();
    events_.Pop();
    places_.Erase(fd);
    return 0;
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    int left = PollFor(polled_, timeout);
    if (left < 0) return -errno;
    for (size_t i = 0; left > 0 && i < polled_.size(); i++) {
      pollfd& polled = polled_[i];
      if (polled.revents == 0) continue;
      left--;
      const uint32_t events = events_[i];
      uint32_t mask = selectors::ToMask(polled.revents, events);
      if (mask != 0 && !ready.Push(polled.fd, mask)) break;
      if (events & selectors::kOneShot) Mute(polled);
    }
    return static_cast<int>(ready.size());
  }

  int Close() {
    polled_.Clear();
    events_.Clear();
    return 0;
  }

 private:
  static short ToBits(uint32_t events) { return static_cast<short>(selectors::ToPollEvents(events)); }

  // For a one-shot that was reported: poll(2) ignores negative numbers. Modify() restores the descriptor's own.
  static void Mute(pollfd& polled) { polled.fd = ~polled.fd; }

  static int FdOf(const pollfd& polled) { return polled.fd < 0 ? ~polled.fd : polled.fd; }

  selectors::List<pollfd> polled_;
  // What each entry of the list is watched for, because the list cannot express all events.
  selectors::List<uint32_t> events_;
  // Where each descriptor is in the list.
  selectors::FdTable<size_t> places_;
};

}  // namespace

SELECTORS_BACKEND(Poll, "@selectors/poll")
