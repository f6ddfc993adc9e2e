#ifndef SELECTORS_ANONYMOUS_FILE_H_
#define SELECTORS_ANONYMOUS_FILE_H_

#include <sys/stat.h>

#include "selectors/internal/look_at.h"

namespace selectors {

// Whether a descriptor is one of the files that the kernel makes without a type, such as an epoll or an eventfd: no socket, pipe
// or regular file is. They cannot be told apart, because they share one inode.
inline bool IsAnonymousFile(int fd) {
  return LookAt(fd, [](const struct stat& file) { return (file.st_mode & S_IFMT) == 0; });
}

}  // namespace selectors

#endif  // SELECTORS_ANONYMOUS_FILE_H_
