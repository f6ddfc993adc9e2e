#ifndef POLL_FOR_H_
#define POLL_FOR_H_

#include <poll.h>

#include <algorithm>

#include "selectors/deadline.h"
#include "selectors/memory.h"

// Looks for the end of a stream without reading it.
inline bool IsOnLookout(const pollfd& polled) {
  return polled.events & (POLLHUP | POLLPRI) && !(polled.events & POLLIN);
}

// poll(2), for macOS, which has no ppoll.
//
// A hang-up and urgent data come with what there is to read, by a note that fires once. If nothing asks for the data, the note is
// spent on it, and the call sleeps on without, see poll_callback() in bsd/kern/sys_generic.c. So it does not sleep for long.
inline int PollFor(selectors::List<pollfd>& polled, selectors::Nanoseconds timeout) {
  if (std::any_of(polled.begin(), polled.end(), IsOnLookout)) timeout = std::min(timeout, selectors::kSlice);
  return ::poll(polled.data(), static_cast<nfds_t>(polled.size()), selectors::ToMilliseconds(timeout));
}

#endif  // POLL_FOR_H_
