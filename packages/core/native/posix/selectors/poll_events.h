#ifndef SELECTORS_POLL_EVENTS_H_
#define SELECTORS_POLL_EVENTS_H_

#include <poll.h>

#include <cstddef>
#include <cstdint>

#include "selectors/events.h"

namespace selectors {

// The other side has stopped sending. macOS, OpenBSD and NetBSD report nothing until it is gone.
#ifdef POLLRDHUP
constexpr uint32_t kPollRdHup = POLLRDHUP;
#else
constexpr uint32_t kPollRdHup = 0;
#endif

// EVENT_* bits in the bits of poll(2), which epoll(7) and /dev/poll share. POLLHUP and POLLERR are waited for in any case.
struct PollEvent {
  uint32_t event;
  uint32_t bit;
};

constexpr PollEvent kPlainEvents[] = {{kEventRead, POLLIN}, {kEventWrite, POLLOUT}};
constexpr PollEvent kRareEvents[] = {
    {kEventPriority, POLLPRI}, {kEventHangup, kPollRdHup | POLLHUP}, {kEventError, POLLERR}};

template <size_t kCount>
constexpr uint32_t ToBits(const PollEvent (&table)[kCount], uint32_t events) {
  uint32_t bits = 0;
  for (auto [event, bit] : table) bits |= events & event ? bit : 0;
  return bits;
}

template <size_t kCount>
constexpr uint32_t FromBits(const PollEvent (&table)[kCount], uint32_t bits) {
  uint32_t events = 0;
  for (auto [event, bit] : table) events |= bits & bit ? event : 0;
  return events;
}

// Most masks have no rare events, and do not pay for them.
constexpr uint32_t ToPollEvents(uint32_t events) {
  const uint32_t bits = ToBits(kPlainEvents, events);
  return events <= kReadWrite ? bits : bits | ToBits(kRareEvents, events);
}

constexpr uint32_t FromPollEvents(uint32_t bits) {
  return FromBits(kPlainEvents, bits) | FromBits(kRareEvents, bits);
}

// Which of the events that are waited for are ready, other than reading and writing. A hang-up or an error counts as reading, writing and
// priority, see Lib/selectors.py; a number that is not open counts as everything. If that leaves nothing that is waited for, either of the
// two is reported as the other, if that is waited for: the system would report it at every wait, and the caller would not learn why.
inline uint32_t ToRareMask(uint32_t revents, uint32_t events) {
  if (revents & POLLNVAL) return events & ~kModes;
  uint32_t ready = FromPollEvents(revents);
  // What nobody waits for may be left in a set of /dev/poll.
  if (!(revents & (POLLHUP | POLLERR))) return ready & events;
  ready |= kReadWrite | kEventPriority;
  return ready & events ? ready & events : events & (kEventHangup | kEventError);
}

// Which of the events that are waited for are ready.
inline uint32_t ToMask(uint32_t revents, uint32_t events) {
  constexpr uint32_t kPlain = ToPollEvents(kReadWrite);
  return revents & ~kPlain ? ToRareMask(revents, events) : FromBits(kPlainEvents, revents) & events;
}

}  // namespace selectors

#endif  // SELECTORS_POLL_EVENTS_H_
