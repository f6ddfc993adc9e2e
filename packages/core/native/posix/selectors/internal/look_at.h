#ifndef SELECTORS_INTERNAL_LOOK_AT_H_
#define SELECTORS_INTERNAL_LOOK_AT_H_

#include <sys/stat.h>

#include <cerrno>

namespace selectors {

// Whether what is open under a number is the file that is meant. Where the system cannot say, as for a file on a server that does
// not answer (EIO, ESTALE), something is open, and is taken for it.
template <class IsMeant>
bool LookAt(int fd, IsMeant is_meant) {
  struct stat file = {};
  return ::fstat(fd, &file) == 0 ? is_meant(file) : errno != EBADF;
}

inline bool IsSameFile(int fd, dev_t device, ino_t inode) {
  return LookAt(fd, [&](const struct stat& file) { return file.st_dev == device && file.st_ino == inode; });
}

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_LOOK_AT_H_
