#ifndef DEVPOLL_EMULATION_FILE_ID_H_
#define DEVPOLL_EMULATION_FILE_ID_H_

#include <fcntl.h>
#include <sys/stat.h>

namespace devpoll_emulation {

// Tells open files apart, as far as Linux lets a process do so: by the inode, and for the two ends of a pipe by what they are open for.
struct FileId {
  dev_t device = 0;
  ino_t inode = 0;
  int mode = 0;

  bool operator==(const FileId& other) const {
    return device == other.device && inode == other.inode && mode == other.mode;
  }

  // That of a descriptor; all zeros if it is not open, or has no inode of its own.
  static FileId Of(int fd) {
    struct stat file = {};
    if (::fstat(fd, &file) < 0 || (file.st_mode & S_IFMT) == 0) return {};
    return {file.st_dev, file.st_ino, ::fcntl(fd, F_GETFL) & O_ACCMODE};
  }

  // Another descriptor of the same file, or -1.
  int Twin() const;
};

}  // namespace devpoll_emulation

#endif  // DEVPOLL_EMULATION_FILE_ID_H_
