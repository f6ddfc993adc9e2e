#include "file_id.h"

#include <dirent.h>

#include <cstdlib>
#include <mutex>

namespace devpoll_emulation {

namespace {

// What is open. Itself open from the beginning: a descriptor that is opened during a wait would get, for a moment, a number that another
// backend has to find closed.
DIR* const directory = ::opendir("/proc/self/fd");
std::mutex directory_mutex;

}  // namespace

int FileId::Twin() const {
  if (inode == 0 || directory == nullptr) return -1;
  std::lock_guard<std::mutex> lock(directory_mutex);
  ::rewinddir(directory);
  int twin = -1;
  while (const dirent* entry = ::readdir(directory)) {
    const int fd = std::atoi(entry->d_name);
    if (entry->d_name[0] != '.' && Of(fd) == *this) twin = fd;
  }
  return twin;
}

}  // namespace devpoll_emulation
