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
    consuming_ += Consumes(events);
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
    consuming_ += Consumes(events) - Consumes(*added);
    *added = events;
  }

  void Remove(int fd) {
    uint32_t* added = added_.Find(fd);
    if (added == nullptr) return;
    consuming_ -= Consumes(*added);
    added_.Erase(fd);
    found_.erase(fd);
  }

  bool Has(int fd) { return added_.Find(fd) != nullptr; }
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

  static int Consumes(uint32_t events) { return (events & (kOneShot | kEdgeTriggered | kEventPriority)) != 0; }

  FdTable<uint32_t> added_;
  // How many of them.
  int consuming_ = 0;
  std::map<int, uint32_t> found_;
};

}  // namespace selectors

#endif  // SELECTORS_KEPT_H_
