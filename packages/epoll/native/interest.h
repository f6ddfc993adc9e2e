#ifndef INTEREST_H_
#define INTEREST_H_

#include <sys/epoll.h>

#include <cstdint>

#include "selectors/events.h"

// Combined with the events of an interest: it was reported, and was to be reported only once.
constexpr uint32_t kSpent = 1u << 31;

// What a descriptor is watched for, and which of its registrations that is: the number comes back with its events.
struct Interest {
  uint32_t events;
  uint32_t generation;

  // The kernel's copy of the number has one more bit if a report changes something here, so that recognizing these costs the
  // others nothing.
  static constexpr uint32_t kShot = 1u << 31;
  uint32_t kernels_generation() const { return events & selectors::kOneShot ? generation | kShot : generation; }

  // The number of the beacon's registration. All others are lower.
  static constexpr uint32_t kBeacon = kShot - 1;
};

// The data of an event: a descriptor and the number of its registration.
inline uint64_t Pack(int fd, uint32_t generation) {
  return static_cast<uint64_t>(generation) << 32 | static_cast<uint32_t>(fd);
}
inline int FdOf(const epoll_event& event) {
  return static_cast<int>(event.data.u64 & UINT32_MAX);
}
inline uint32_t GenerationOf(const epoll_event& event) {
  return static_cast<uint32_t>(event.data.u64 >> 32);
}

#endif  // INTEREST_H_
