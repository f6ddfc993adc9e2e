#ifndef SELECTORS_NAMED_FIFO_H_
#define SELECTORS_NAMED_FIFO_H_

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <climits>

namespace selectors {

// Whether it is a FIFO that has, or had, a name in a file system. Unlike a pipe it is a vnode, which may be asked for its path; EBADF is
// what others return. The notes of a vnode count bytes, and know nothing of an end: see filt_vnode_common() in bsd/vfs/vfs_vnops.c.
// Only macOS, where this matters, says so.
inline bool IsNamedFifo(int fd) {
#ifdef F_GETPATH
  struct stat file = {};
  char path[PATH_MAX];
  if (::fstat(fd, &file) < 0 || !S_ISFIFO(file.st_mode)) return false;
  return ::fcntl(fd, F_GETPATH, path) == 0 || errno != EBADF;
#else
  static_cast<void>(fd);
  return false;
#endif
}

}  // namespace selectors

#endif  // SELECTORS_NAMED_FIFO_H_
