#ifndef SELECTORS_LOOP_LINK_H_
#define SELECTORS_LOOP_LINK_H_

#include <sys/epoll.h>

#include <cerrno>

namespace selectors {

// Adds a descriptor to an event loop's epoll, right before libuv does so itself: where epoll_ctl(2) refuses (ELOOP: selectors
// nested too deeply, ENOSPC, ENOMEM), libuv would end the process. That it is there already is no error to libuv. From now
// on whatever would nest it too deeply is refused instead.
inline int LinkToLoop(int loop, int fd) {
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.fd = fd;
  return ::epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event) < 0 && errno != EEXIST ? -errno : 0;
}

}  // namespace selectors

#endif  // SELECTORS_LOOP_LINK_H_
