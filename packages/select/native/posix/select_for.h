#ifndef SELECT_FOR_H_
#define SELECT_FOR_H_

#include <sys/select.h>

#include <cerrno>

#include "selectors/deadline.h"

// pselect(2). How many bits were left set in both sets, or -errno.
inline int SelectFor(int nfds, fd_set& readable, fd_set& writable, selectors::Nanoseconds timeout) {
  timespec time = selectors::ToTimespec(timeout);
  int count = ::pselect(nfds, &readable, &writable, nullptr, &time, nullptr);
  return count < 0 ? -errno : count;
}

// Says whether a set that holds `size` descriptors has a place for `fd`: POSIX sets are bits up to FD_SETSIZE.
inline bool HasRoomFor(int fd, size_t /* size */) { return fd < FD_SETSIZE; }

#endif  // SELECT_FOR_H_
