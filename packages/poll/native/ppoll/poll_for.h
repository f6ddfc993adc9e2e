#ifndef POLL_FOR_H_
#define POLL_FOR_H_

#include <poll.h>

#include <vector>

#include "selectors/deadline.h"

// ppoll(2): Linux, FreeBSD, OpenBSD, NetBSD since 10, DragonFly, illumos.
inline int PollFor(std::vector<pollfd>& polled, selectors::Nanoseconds timeout) {
  timespec time = selectors::ToTimespec(timeout);
  return ::ppoll(polled.data(), polled.size(), &time, nullptr);
}

#endif  // POLL_FOR_H_
