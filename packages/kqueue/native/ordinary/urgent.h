#ifndef URGENT_H_
#define URGENT_H_

#include <cstdint>

// FreeBSD, NetBSD and DragonFly do not distinguish urgent data from other data.
constexpr uint32_t kUrgent = 0;
constexpr int kUrgentFilter = 0;
constexpr unsigned int kUrgentNote = 0;

#endif  // URGENT_H_
