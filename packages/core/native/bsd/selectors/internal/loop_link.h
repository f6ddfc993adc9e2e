#ifndef SELECTORS_INTERNAL_LOOP_LINK_H_
#define SELECTORS_INTERNAL_LOOP_LINK_H_

#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>

#include <cerrno>

namespace selectors {

// Adds a descriptor to an event loop's kqueue as libuv does: adding it again changes nothing. kevent(2) may refuse: macOS returns EINVAL
// if queues are nested more than 10 deep, see kqueue_kqfilter() in bsd/kern/kern_event.c; ENOMEM.
inline int LinkToLoop(int loop, int fd) {
  struct kevent change = {};
  change.ident = static_cast<decltype(change.ident)>(fd);
  change.filter = EVFILT_READ;
  change.flags = EV_ADD;
  return ::kevent(loop, &change, 1, nullptr, 0, nullptr) < 0 ? -errno : 0;
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_LINK_H_
