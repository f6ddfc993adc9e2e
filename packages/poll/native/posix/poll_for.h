#ifndef POLL_FOR_H_
#define POLL_FOR_H_

#include <poll.h>

#include "selectors/deadline.h"
#include "selectors/memory.h"

// ppoll(2): Linux, FreeBSD, OpenBSD, NetBSD since 10, DragonFly, illumos. On Linux poll(2) costs a fifth less.
inline int PollFor(selectors::List<pollfd>& polled, selectors::Nanoseconds timeout) {
  if (selectors::IsWholeMilliseconds(timeout)) {
    return ::poll(polled.data(), static_cast<nfds_t>(polled.size()), selectors::ToMilliseconds(timeout));
  }
  timespec time = selectors::ToTimespec(timeout);
  return ::ppoll(polled.data(), polled.size(), &time, nullptr);
}

#endif  // POLL_FOR_H_
