#ifndef URGENT_H_
#define URGENT_H_

#include <sys/types.h>
#include <sys/event.h>

#include <cstdint>

#include "selectors/events.h"

// Urgent data: EVFILT_EXCEPT of macOS since 10.15 and of OpenBSD since 7.0.
constexpr uint32_t kUrgent = selectors::kEventPriority;
constexpr int kUrgentFilter = EVFILT_EXCEPT;
constexpr unsigned int kUrgentNote = NOTE_OOB;

#endif  // URGENT_H_
