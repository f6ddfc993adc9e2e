#include <fcntl.h>

#include <cerrno>
#include <cstdarg>

#include "files.h"
#include "traits.h"

constexpr int kGetPath = 50;
constexpr size_t kLongestPath = 1024;

// fcntl(2) for what is linked with --wrap. glibc has two names for it, by the size of file offsets.
extern "C" int __wrap_fcntl(int fd, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  // An int or a pointer; the system knows which.
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  if (!kTraits.paths || command != kGetPath) return ::fcntl(fd, command, argument);
  if (HasPath(fd, static_cast<char*>(argument), kLongestPath)) return 0;
  errno = EBADF;
  return -1;
}

extern "C" int __wrap_fcntl64(int fd, int command, ...) __attribute__((alias("__wrap_fcntl")));
