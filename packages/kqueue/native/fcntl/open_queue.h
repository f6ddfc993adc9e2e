#ifndef OPEN_QUEUE_H_
#define OPEN_QUEUE_H_

#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>
#include <fcntl.h>

#include <cerrno>

#include "selectors/unique_fd.h"

// macOS, and libraries that emulate a kernel: there is no call that opens a queue as close-on-exec.
inline int OpenQueue(selectors::UniqueFd& queue) {
  queue.Reset(::kqueue());
  return queue.get() < 0 || ::fcntl(queue.get(), F_SETFD, FD_CLOEXEC) < 0 ? -errno : 0;
}

#endif  // OPEN_QUEUE_H_
