#ifndef OPEN_QUEUE_H_
#define OPEN_QUEUE_H_

#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>
#include <fcntl.h>

#include <cerrno>

#include "selectors/unique_fd.h"

// kqueue1(2): NetBSD since 6.0, OpenBSD since 7.4.
inline int OpenQueue(selectors::UniqueFd& queue) {
  queue.Reset(::kqueue1(O_CLOEXEC));
  return queue.get() < 0 ? -errno : 0;
}

#endif  // OPEN_QUEUE_H_
