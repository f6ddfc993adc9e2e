#ifndef SELECTORS_POLL_EVENTS_H_
#define SELECTORS_POLL_EVENTS_H_

#include <poll.h>

#include <cstdint>

#include "selectors/events.h"

namespace selectors {

// The other side sends no more. macOS, OpenBSD and NetBSD report nothing before it is gone.
#ifdef POLLRDHUP
constexpr uint32_t kPollRdHup = POLLRDHUP;
#else
constexpr uint32_t kPollRdHup = 0;
#endif

// EVENT_* bits in the bits of poll(2), which epoll(7) and /dev/poll share. An error is always waited for.
struct PollEvent {
  uint32_t event;
  uint32_t bit;
};

constexpr PollEvent kPollEvents[] = {
    {kEventRead, POLLIN}, {kEventWrite, POLLOUT}, {kEventPriority, POLLPRI}, {kEventHangup, kPollRdHup}};

constexpr uint32_t ToPollEvents(uint32_t events) {
  uint32_t bits = 0;
  for (auto [event, bit] : kPollEvents) bits |= events & event ? bit : 0;
  return bits;
}

constexpr uint32_t FromPollEvents(uint32_t bits) {
  uint32_t events = 0;
  for (auto [event, bit] : kPollEvents) events |= bits & bit ? event : 0;
  return events;
}

// What is ready of the events that are waited for, beside reading and writing. A hang-up or an error counts as reading, writing and
// priority, see Lib/selectors.py; a number that is not open as everything. Where neither leaves anything that is waited for, what
// is waited for of the two stands for both: a wait would not end, and nobody be told why.
constexpr uint32_t ToRareMask(uint32_t revents, uint32_t events) {
  if (revents & POLLNVAL) return events & ~kModes;
  uint32_t ready = FromPollEvents(revents);
  if (revents & (POLLHUP | POLLERR)) ready |= kReadWrite | kEventPriority;
  if (revents & POLLHUP) ready |= kEventHangup;
  if (revents & POLLERR) ready |= kEventError;
  return ready & events ? ready & events : events & (kEventHangup | kEventError);
}

// What is ready of the events that are waited for.
constexpr uint32_t ToMask(uint32_t revents, uint32_t events) {
  constexpr uint32_t kPlain = ToPollEvents(kReadWrite);
  return revents & ~kPlain ? ToRareMask(revents, events) : FromPollEvents(revents) & events;
}

}  // namespace selectors

#endif  // SELECTORS_POLL_EVENTS_H_
