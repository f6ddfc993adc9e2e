#ifndef SELECTORS_EVENTS_H_
#define SELECTORS_EVENTS_H_

#include <cstdint>

namespace selectors {

// The bits of an event mask, as core's events.ts exports them.
constexpr uint32_t kEventRead = 1;
constexpr uint32_t kEventWrite = 2;

constexpr uint32_t kReadWrite = kEventRead | kEventWrite;

}  // namespace selectors

#endif  // SELECTORS_EVENTS_H_
