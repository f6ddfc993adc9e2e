#include "file_id.h"

#include <dirent.h>

#include <cstdlib>
#include <mutex>

namespace devpoll_emulation {

namespace {

// What is open. Itself open as long as the library is loaded: a descriptor that is opened during a wait would get, for a moment, a
// number that another backend has to find closed.
class OpenFiles {
 public:
  OpenFiles() : directory_(::opendir("/proc/self/fd")) {}

  // A thread may still wait while the process exits.
  ~OpenFiles() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (directory_ != nullptr) ::closedir(directory_);
    directory_ = nullptr;
  }

  // Answers the last descriptor that has this file, -1 where there is none.
  int Find(const FileId& file) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (directory_ == nullptr) return -1;
    ::rewinddir(directory_);
    int found = -1;
    while (const dirent* entry = ::readdir(directory_)) {
      const int fd = std::atoi(entry->d_name);
      if (entry->d_name[0] != '.' && FileId::Of(fd) == file) found = fd;
    }
    return found;
  }

 private:
  DIR* directory_;
  std::mutex mutex_;
};

OpenFiles open_files;

}  // namespace

int FileId::Twin() const {
  return inode == 0 ? -1 : open_files.Find(*this);
}

}  // namespace devpoll_emulation
