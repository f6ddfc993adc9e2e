#ifndef SELECTORS_INTERNAL_LOOP_LINK_H_
#define SELECTORS_INTERNAL_LOOP_LINK_H_

#include <sys/epoll.h>

#include <cerrno>

namespace selectors {

// Adds a descriptor to an event loop's epoll. epoll_ctl(2) may refuse: ELOOP if selectors are nested too deeply, or too
// many watch one file; ENOSPC; ENOMEM.
inline int LinkToLoop(int loop, int fd) {
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.fd = fd;
  return ::epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event) < 0 && errno != EEXIST ? -errno : 0;
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_LINK_H_
