#ifndef POLL_FOR_H_
#define POLL_FOR_H_

#include <poll.h>

#include "selectors/deadline.h"
#include "selectors/memory.h"

// poll(2), for macOS, which has no ppoll.
inline int PollFor(selectors::List<pollfd>& polled, selectors::Nanoseconds timeout) {
  return ::poll(polled.data(), static_cast<nfds_t>(polled.size()), selectors::ToMilliseconds(timeout));
}

#endif  // POLL_FOR_H_
