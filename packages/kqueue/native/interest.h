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
  // The filters in the queue.
  uint32_t filters;
  // What the current Wait has found.
  uint32_t ready;

  static Interest For(uint32_t events) {
    return {events, (events & Filters::kAll) | (IsOnLookout(events) ? selectors::kEventRead : 0), 0};
  }

  static bool IsOnLookout(uint32_t events) { return events & kEnds && !(events & selectors::kEventRead); }

  // Which of the events that are waited for a filter's event stands for.
  uint32_t FoundBy(const struct kevent& event, uint32_t filter) const {
    const bool ends = event.flags & EV_EOF && filter != kUrgent;
    uint32_t found = filter;
    // For a filter for writing it may be the descriptor's own end: shutdown(2).
    if (ends && filter == selectors::kEventRead) found |= selectors::kEventHangup;
    if (ends && event.fflags != 0) found |= selectors::kEventError;
    if ((found & events) != 0 || !ends) return found & events;
    // As in ToRareMask() of poll_events.h.
    return events & kEnds;
  }

 private:
  static constexpr uint32_t kEnds = selectors::kEventHangup | selectors::kEventError;
};

#endif  // INTEREST_H_
