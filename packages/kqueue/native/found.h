#ifndef FOUND_H_
#define FOUND_H_

#include <sys/types.h>
#include <sys/event.h>

#include <cstddef>
#include <cstdint>

#include "filters.h"
#include "interest.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"
#include "selectors/ready_list.h"

// The descriptors that a wait has found ready. The events of their filters are merged in Interest::ready.
class Found {
 public:
  // False if the last Report() had no room for all edges and shots.
  bool empty() const { return fds_.empty(); }

  [[nodiscard]] bool ReserveMore(size_t count) { return fds_.Reserve(fds_.size() + count); }

  // Only after ReserveMore().
  void Collect(int fd, Interest& interest, const struct kevent& event, Filters& filters) {
    const uint32_t filter = Filters::FilterOf(event);
    const bool is_plain = interest.IsPlain();
    const uint32_t ready = is_plain ? filter : interest.FoundBy(event, filter);
    if (ready == 0) return;
    // There is room for it.
    if (interest.ready == 0) (void)fds_.Push(fd);
    interest.ready |= ready;
    // An end lasts, and has to be reported as long as it does: from now on not edge-triggered.
    if (!is_plain && event.flags & EV_CLEAR && !(interest.events & selectors::kEdgeTriggered)) {
      filters.Delete(fd, filter);
      filters.Add(fd, filter, 0, interest.watch);
    }
  }

  // What there is no room for would be found again, except edges and shots: they are kept for the next wait.
  void Report(selectors::ReadyList& ready, selectors::FdTable<Interest>& interests, Filters& filters) {
    size_t left = 0;
    for (int fd : fds_) {
      Interest* interest = interests.Find(fd);
      if (interest == nullptr || interest->ready == 0) continue;
      if (!ready.Push(fd, interest->ready) && interest->events & (selectors::kEdgeTriggered | selectors::kOneShot)) {
        fds_[left++] = fd;
        continue;
      }
      interest->ready = 0;
      if (interest->events & selectors::kOneShot) interest->Spend(filters, fd);
    }
    (void)fds_.Resize(left);
  }

 private:
  selectors::List<int> fds_;
};

#endif  // FOUND_H_
