#include <fcntl.h>

#include <cerrno>
#include <cstdarg>

#include "kernel.h"

// fcntl(2) for what is linked with --wrap=fcntl, which can be made to fail like the calls on a queue. glibc has two names for
// it, by the size of file offsets.
extern "C" int __wrap_fcntl(int fd, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  // An int or a pointer; the system knows which.
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  Kernel& kernel = Kernel::Get();
  std::lock_guard<std::mutex> lock(kernel.mutex);
  auto fault = kernel.faults.Take(Faults::kControl);
  if (!fault) return ::fcntl(fd, command, argument);
  errno = fault->error;
  return -1;
}

extern "C" int __wrap_fcntl64(int fd, int command, ...) __attribute__((alias("__wrap_fcntl")));
