#ifndef SELECTORS_EVENTS_H_
#define SELECTORS_EVENTS_H_

#include <cstdint>

namespace selectors {

// The bits of an event mask, as core's events.ts exports them.
constexpr uint32_t kEventRead = 1;
constexpr uint32_t kEventWrite = 2;

constexpr uint32_t kEventPriority = 1 << 16;
constexpr uint32_t kEventHangup = 1 << 17;
constexpr uint32_t kEventError = 1 << 18;

// Modes that are combined with them. They are never reported.
constexpr uint32_t kEdgeTriggered = 1 << 24;
constexpr uint32_t kOneShot = 1 << 25;
constexpr uint32_t kExclusive = 1 << 26;

constexpr uint32_t kReadWrite = kEventRead | kEventWrite;
// Not for an event loop that polls the queue from outside: looking would consume what is exceptional, and an exclusive loop
// would be woken together with all others.
constexpr uint32_t kUnfitForLoop = kEventPriority | kExclusive;

constexpr uint32_t kModes = kEdgeTriggered | kOneShot | kExclusive;

}  // namespace selectors

#endif  // SELECTORS_EVENTS_H_
