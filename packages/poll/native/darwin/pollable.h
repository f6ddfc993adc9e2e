#ifndef POLLABLE_H_
#define POLLABLE_H_

#include <fcntl.h>
#include <poll.h>

#include <cerrno>

#include "selectors/named_fifo.h"

// macOS's poll(2) is made of kqueue's notes. It calls an open descriptor invalid if there is no note for it: a directory, or a
// device such as /dev/null or /dev/tty. That would end every wait at once. Of a FIFO it never reports the end. -EINVAL for these.
// See poll_nocancel() in bsd/kern/sys_generic.c, and filt_specattach().
inline int CheckPollable(int fd) {
  if (selectors::IsNamedFifo(fd)) return -EINVAL;
  pollfd polled = {fd, POLLIN, 0};
  const bool is_invalid = ::poll(&polled, 1, 0) > 0 && polled.revents & POLLNVAL;
  return is_invalid && ::fcntl(fd, F_GETFD) >= 0 ? -EINVAL : 0;
}

#endif  // POLLABLE_H_
