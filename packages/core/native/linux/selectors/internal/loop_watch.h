#ifndef SELECTORS_INTERNAL_LOOP_WATCH_H_
#define SELECTORS_INTERNAL_LOOP_WATCH_H_

#include <sys/epoll.h>

#include <cerrno>

#include "selectors/anonymous_file.h"
#include "selectors/unique_fd.h"

namespace selectors {

// A descriptor that becomes readable whenever something is posted to an event loop that does not run.
//
// The loop's own queue stays readable after the first post, so this is an epoll with that queue in it, edge-triggered: it is told of
// each post, whether or not the queue was readable before.
class LoopWatch {
 public:
  LoopWatch() = default;
  LoopWatch(const LoopWatch&) = delete;
  LoopWatch& operator=(const LoopWatch&) = delete;

  // What other code has closed is not ours to close.
  ~LoopWatch() {
    if (!IsAnonymousFile(set_.get())) set_.Release();
  }

  int Open() {
    set_.Reset(::epoll_create1(EPOLL_CLOEXEC));
    return set_.get() < 0 ? -errno : 0;
  }

  int fd() const { return set_.get(); }

  // Whether its number is such a one.
  template <class Is>
  bool HasAny(const Is& is) const {
    return is(fd());
  }

  // Starts to watch the queue. What is in there already counts as posted.
  int Watch(int queue) {
    epoll_event event = {};
    event.events = EPOLLIN | EPOLLET;
    return ::epoll_ctl(fd(), EPOLL_CTL_ADD, queue, &event) < 0 ? -errno : 0;
  }

  // Makes it unreadable until something more is posted; false if it cannot be.
  bool Lower() {
    epoll_event event;
    return ::epoll_wait(fd(), &event, 1, 0) >= 0;
  }

 private:
  UniqueFd set_;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOP_WATCH_H_
