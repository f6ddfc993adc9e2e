#ifndef INTEREST_H_
#define INTEREST_H_

#include <sys/types.h>
#include <sys/event.h>

#include <cstdint>

#include "filters.h"
#include "selectors/events.h"

// What a descriptor is watched for, and by which filters. A hang-up and an error have no filters of their own, but are flags of the
// end that a filter for reading or writing reports. So for their sake reading is watched too, "on the lookout": edge-triggered,
// so that data which nothing asks for is reported only once.
struct Interest {
  uint32_t events;
  // How its file has to be watched.
  Watch watch;
  // The filters in the queue.
  uint32_t filters;
  // What the current Wait has found.
  uint32_t ready;

  static Interest For(uint32_t events, Watch watch) {
    Interest interest = {events, watch, events & Filters::kAll, 0};
    if (interest.IsOnLookout()) interest.filters |= selectors::kEventRead;
    return interest;
  }

  // A filter that fires is its event, and there is nothing else to be found.
  bool IsPlain() const { return events <= selectors::kReadWrite && !watch.tells_writers_by_reading; }

  // Adds its filters to a queue that has none of them.
  int AddTo(Filters& queue, int fd) const {
    if (IsPlain()) return queue.Add(fd, events, 0, watch);
    const unsigned int flags =
        (events & selectors::kEdgeTriggered ? EV_CLEAR : 0) | (events & selectors::kOneShot ? EV_ONESHOT : 0);
    int result = queue.Add(fd, events & Filters::kAll, flags, watch);
    return result == 0 && IsOnLookout() ? queue.Add(fd, selectors::kEventRead, EV_CLEAR, watch) : result;
  }

  // Adds its filters to a queue that has, or had, those of `before`, which it deletes.
  int Replace(const Interest& before, Filters& queue, int fd) const {
    if (before.IsPlain() && IsPlain()) {
      return queue.Apply(fd, events, selectors::kReadWrite & ~events, 0, watch);
    }
    // Systems differ in what happens to the flags of a filter that is added again.
    int result = queue.Delete(fd, Filters::kAll);
    return result < 0 ? result : AddTo(queue, fd);
  }

  // Deletes its filters until Replace() adds them again: only the one that has fired is gone by itself.
  void Spend(Filters& queue, int fd) {
    queue.Delete(fd, filters);
    filters = 0;
  }

  // Which of the events that are waited for a filter's event stands for.
  uint32_t FoundBy(const struct kevent& event, uint32_t filter) const {
    const bool ends = event.flags & EV_EOF && filter != kUrgent;
    uint32_t found = filter;
    // For a filter for writing it may be the descriptor's own end: shutdown(2).
    if (ends && filter == selectors::kEventRead) found |= selectors::kEventHangup;
    if (ends && filter == selectors::kEventRead && watch.tells_writers_by_reading) found |= selectors::kEventWrite;
    if (ends && event.fflags != 0) found |= selectors::kEventError;
    if ((found & events) != 0 || !ends) return found & events;
    // As in ToRareMask() of poll_events.h.
    return events & kEnds;
  }

  // The system has deleted the filter, which nobody has asked for: the file was revoked, and cannot be watched again.
  bool IsOverBy(const struct kevent& event) const {
    return event.flags & EV_EOF && event.flags & EV_ONESHOT && !(events & selectors::kOneShot);
  }

 private:
  bool IsOnLookout() const {
    const bool by_reading = events & kEnds || (events & selectors::kEventWrite && watch.tells_writers_by_reading);
    return by_reading && !(events & selectors::kEventRead);
  }

  static constexpr uint32_t kEnds = selectors::kEventHangup | selectors::kEventError;
};

#endif  // INTEREST_H_
