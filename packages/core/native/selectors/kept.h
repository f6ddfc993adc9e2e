#ifndef SELECTORS_KEPT_H_
#define SELECTORS_KEPT_H_

#include <cstdint>
#include <map>

#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/ready_list.h"

namespace selectors {

// What each descriptor was added for. Where finding something consumes it, so that the next wait would not find it again, what a
// helper thread's wait has found is kept for that one: all of a shot or an edge, and what is exceptional.
class Kept {
 public:
  void Add(int fd, uint32_t events) {
    added_.Insert(fd, events);
    Count(events, 1);
  }

  // A shot or an edge is found again, if it is still there; nothing else is.
  void Modify(int fd, uint32_t events) {
    uint32_t* added = added_.Find(fd);
    if (added == nullptr) return;
    auto found = found_.find(fd);
    if (found != found_.end()) {
      found->second &= *added & (kOneShot | kEdgeTriggered) ? 0 : events;
      if (found->second == 0) found_.erase(found);
    }
    Count(*added, -1);
    Count(events, 1);
    *added = events;
  }

  void Remove(int fd) {
    uint32_t* added = added_.Find(fd);
    if (added == nullptr) return;
    Count(*added, -1);
    added_.Erase(fd);
    found_.erase(fd);
  }

  bool Has(int fd) { return added_.Find(fd) != nullptr; }
  bool fits_loop() const { return unfit_ == 0; }
  bool empty() const { return found_.empty(); }

  // Keeps what a wait has found and nobody is told.
  void Keep(const ReadyList& ready) {
    if (consuming_ == 0) return;
    for (size_t i = 0; i < ready.size(); i++) {
      const uint32_t* added = added_.Find(ready.fd(i));
      uint32_t events = added == nullptr ? 0 : ready.events(i);
      if (events != 0 && !(*added & (kOneShot | kEdgeTriggered))) events &= kExceptional;
      if (events != 0) found_[ready.fd(i)] |= events;
    }
  }

  // Tells it, beside what a wait has found itself; how many there are then.
  int MergeInto(ReadyList& ready) {
    for (auto [fd, events] : found_) ready.Merge(fd, events);
    found_.clear();
    return static_cast<int>(ready.size());
  }

 private:
  // A change that a look takes with it, such as that of a table of mounts, is POLLPRI and POLLERR.
  static constexpr uint32_t kExceptional = kEventPriority | kEventError;

  void Count(uint32_t events, int change) {
    if (events & (kOneShot | kEdgeTriggered | kEventPriority)) consuming_ += change;
    if (events & kUnfitForLoop) unfit_ += change;
  }

  FdTable<uint32_t> added_;
  // How many of them.
  int consuming_ = 0;
  int unfit_ = 0;
  std::map<int, uint32_t> found_;
};

}  // namespace selectors

#endif  // SELECTORS_KEPT_H_
