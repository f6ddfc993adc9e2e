#ifndef SELECTORS_NAMED_FIFO_H_
#define SELECTORS_NAMED_FIFO_H_

#include <fcntl.h>
#include <sys/param.h>
#include <sys/stat.h>

#include <cerrno>

namespace selectors {

// Whether it is a FIFO of a file system. Unlike a pipe it is a vnode, which may be asked for its path; EBADF is what others return.
// The notes of a vnode count bytes, and know nothing of an end: see filt_vnode_common() in bsd/vfs/vfs_vnops.c.
inline bool IsNamedFifo(int fd) {
  struct stat file = {};
  char path[MAXPATHLEN];
  if (::fstat(fd, &file) < 0 || !S_ISFIFO(file.st_mode)) return false;
  return ::fcntl(fd, F_GETPATH, path) == 0 || errno != EBADF;
}

}  // namespace selectors

#endif  // SELECTORS_NAMED_FIFO_H_
