#ifndef SELECTORS_POLL_EVENTS_H_
#define SELECTORS_POLL_EVENTS_H_

#include <poll.h>

#include <cstdint>

#include "selectors/events.h"

namespace selectors {

// EVENT_* bits in the bits of poll(2), which epoll(7) and /dev/poll share.
struct PollEvent {
  uint32_t event;
  uint32_t bit;
};

constexpr PollEvent kPollEvents[] = {{kEventRead, POLLIN}, {kEventWrite, POLLOUT}};

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

// What is ready of the events that are waited for. A bit that stands for no event, a hang-up, an error or an invalid
// descriptor, counts as all of them, see Lib/selectors.py.
constexpr uint32_t ToMask(uint32_t revents, uint32_t events) {
  constexpr uint32_t kKnown = ToPollEvents(kReadWrite);
  return revents & ~kKnown ? events : FromPollEvents(revents) & events;
}

}  // namespace selectors

#endif  // SELECTORS_POLL_EVENTS_H_
