#ifndef POLL_EMULATION_FILES_H_
#define POLL_EMULATION_FILES_H_

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cstdio>

// What kind of file a descriptor refers to, as the systems tell them apart.

inline bool IsOpen(int fd) {
  return ::fcntl(fd, F_GETFD) >= 0;
}

// Writes its path; false for what is in no file system, such as a pipe.
inline bool HasPath(int fd, char* path, size_t size) {
  char link[32];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = ::readlink(link, path, size - 1);
  path[length < 0 ? 0 : length] = '\0';
  return path[0] == '/';
}

inline bool IsPipe(int fd) {
  struct stat file = {};
  return ::fstat(fd, &file) == 0 && S_ISFIFO(file.st_mode);
}

inline bool IsNamedFifo(int fd) {
  char path[4096];
  return IsPipe(fd) && HasPath(fd, path, sizeof path);
}

// It is a directory, or one of the devices of memory (null, zero, random), /dev/tty or /dev/console.
inline bool HasNoNote(int fd) {
  struct stat file = {};
  if (::fstat(fd, &file) < 0) return false;
  if (S_ISDIR(file.st_mode)) return true;
  return S_ISCHR(file.st_mode) && (major(file.st_rdev) == 1 || (major(file.st_rdev) == 5 && minor(file.st_rdev) < 2));
}

#endif  // POLL_EMULATION_FILES_H_
