#ifndef KQUEUEX_OPEN_QUEUE_H_
#define KQUEUEX_OPEN_QUEUE_H_

#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>

#include <cerrno>

#include "selectors/unique_fd.h"

// FreeBSD has had kqueuex(2) since 14.0, with a macro for its flag. FreeBSD 13 and DragonFly, which is built as FreeBSD, have not.
#ifndef KQUEUE_CLOEXEC
#include "../fcntl/open_queue.h"
#else
inline int OpenQueue(selectors::UniqueFd& queue) {
  queue.Reset(::kqueuex(KQUEUE_CLOEXEC));
  return queue.get() < 0 ? -errno : 0;
}
#endif

#endif  // KQUEUEX_OPEN_QUEUE_H_
