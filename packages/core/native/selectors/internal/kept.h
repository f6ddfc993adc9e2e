#ifndef SELECTORS_INTERNAL_KEPT_H_
#define SELECTORS_INTERNAL_KEPT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"
#include "selectors/ready_list.h"

namespace selectors {

// What each descriptor was added for. If finding something consumes it, so that the next wait would not find it again, what a
// helper thread's wait has found is kept for that wait: everything about a one-shot or edge-triggered descriptor, and
// exceptional events.
class Kept {
 public:
  // Makes room for one descriptor, here and among what is found, so that nothing else needs memory.
  [[nodiscard]] bool Reserve(int fd) { return added_.Reserve(fd) && found_.Reserve(count_ + 1); }

  // Only after Reserve().
  void Add(int fd, uint32_t events) {
    added_.Insert(fd, {events, 0});
    count_++;
    Count(events, 1);
  }

  // A shot or an edge that is still there is found again; nothing else is.
  void Modify(int fd, uint32_t events) {
    Added* added = added_.Find(fd);
    if (added == nullptr) return;
    if (added->found != 0) {
      added->found &= added->events & (kOneShot | kEdgeTriggered) ? 0 : events;
      if (added->found == 0) Forget(fd);
    }
    Count(added->events, -1);
    Count(events, 1);
    added->events = events;
  }

  void Remove(int fd) {
    Added* added = added_.Find(fd);
    if (added == nullptr) return;
    if (added->found != 0) Forget(fd);
    Count(added->events, -1);
    added_.Erase(fd);
    count_--;
  }

  bool Has(int fd) { return added_.Find(fd) != nullptr; }
  bool fits_loop() const { return unfit_ == 0; }
  bool empty() const { return found_.empty(); }

  // Keeps what a wait has found that is not reported now.
  void Keep(const ReadyList& ready) {
    if (consuming_ == 0) return;
    for (size_t i = 0; i < ready.size(); i++) {
      Added* added = added_.Find(ready.fd(i));
      const uint32_t events = added == nullptr ? 0 : ready.events(i) & ConsumedOf(added->events);
      if (events == 0) continue;
      // There is room for it.
      if (added->found == 0) (void)found_.Push(ready.fd(i));
      added->found |= events;
    }
  }

  // Adds it to what a wait has found itself; returns how many there are then.
  int MergeInto(ReadyList& ready) {
    for (int fd : found_) {
      Added* added = added_.Find(fd);
      ready.Merge(fd, added->found);
      added->found = 0;
    }
    found_.Clear();
    return static_cast<int>(ready.size());
  }

 private:
  // A change that is consumed by looking, such as one in a table of mounts, is POLLPRI and POLLERR.
  static constexpr uint32_t kExceptional = kEventPriority | kEventError;

  struct Added {
    uint32_t events;
    // What is kept for it.
    uint32_t found;
  };

  // Which events of a descriptor that was added for these a wait consumes by finding them.
  static uint32_t ConsumedOf(uint32_t events) {
    if (events & (kOneShot | kEdgeTriggered)) return ~0u;
    return events & kEventPriority ? kExceptional : 0;
  }

  void Forget(int fd) { found_.Erase(std::find(found_.begin(), found_.end(), fd)); }

  void Count(uint32_t events, int change) {
    if (events & (kOneShot | kEdgeTriggered | kEventPriority)) consuming_ += change;
    if (events & kUnfitForLoop) unfit_ += change;
  }

  FdTable<Added> added_;
  size_t count_ = 0;
  // How many were added for such events.
  int consuming_ = 0;
  int unfit_ = 0;
  // Those for which something is kept.
  List<int> found_;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_KEPT_H_
