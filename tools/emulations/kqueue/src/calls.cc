// System calls beside those on a queue that say what a kernel is, for what is linked with --wrap. glibc has two names for some, by
// the size of file offsets.
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "kernel.h"

namespace {

// macOS's, which knows the path of what a file system has.
int PathOf(int fd, char* path) {
  char link[64];
  ::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = ::readlink(link, path, PATH_MAX - 1);
  if (length > 0 && path[0] == '/') {
    path[length] = '\0';
    return 0;
  }
  errno = EBADF;
  return -1;
}

// What macOS's poll(2), which asks the filters without NOTE_LOWAT, calls invalid.
bool IsInvalid(int fd) {
  File file = {};
  if (!File::Of(fd, file)) return true;
  return file.kind == Kind::kDevice || file.kind == Kind::kDirectory;
}

}  // namespace

extern "C" int __wrap_fcntl(int fd, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  // An int or a pointer; the system knows which.
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  Kernel& kernel = Kernel::Get();
  std::lock_guard<std::mutex> lock(kernel.mutex);
  if (command == F_GETPATH && kernel.profile.system == kMacos) return PathOf(fd, static_cast<char*>(argument));
  auto fault = kernel.faults.Take(Faults::kControl);
  if (!fault) return ::fcntl(fd, command, argument);
  errno = fault->error;
  return -1;
}

// What other descriptors of the queue there are is not known: it ends with the one that it was made with.
extern "C" int __wrap_close(int fd) {
  Kernel& kernel = Kernel::Get();
  {
    std::lock_guard<std::mutex> lock(kernel.mutex);
    kernel.queues.erase(fd);
  }
  return ::close(fd);
}

// On all of them, a queue says that it is a FIFO. A revoked file of macOS says nothing. An epoll that the binding has made itself is no queue.
extern "C" int __wrap_fstat(int fd, struct stat* status) {
  Kernel& kernel = Kernel::Get();
  std::lock_guard<std::mutex> lock(kernel.mutex);
  errno = ENOENT;
  if (kernel.revoked.count(fd) > 0) return -1;
  const int result = ::fstat(fd, status);
  if (result == 0 && kernel.Find(fd) != nullptr) status->st_mode = S_IFIFO;
  return result;
}

extern "C" int __wrap_poll(pollfd* polled, nfds_t count, int timeout) {
  const int result = ::poll(polled, count, timeout);
  Kernel& kernel = Kernel::Get();
  std::lock_guard<std::mutex> lock(kernel.mutex);
  for (nfds_t i = 0; kernel.Has(Trait::kDevicesByWatermark) && i < count; i++) {
    if (IsInvalid(polled[i].fd)) polled[i].revents = POLLNVAL;
  }
  return result;
}

extern "C" int __wrap_uname(utsname* names) {
  const int result = ::uname(names);
  Kernel& kernel = Kernel::Get();
  std::lock_guard<std::mutex> lock(kernel.mutex);
  ::snprintf(names->sysname, sizeof names->sysname, "%s", kernel.profile.sysname);
  ::snprintf(names->release, sizeof names->release, "%s", kernel.release.c_str());
  return result;
}

extern "C" int __wrap_fcntl64(int fd, int command, ...) __attribute__((alias("__wrap_fcntl")));
extern "C" int __wrap_fstat64(int fd, struct stat* status) __attribute__((alias("__wrap_fstat")));
