// The system calls as a program has them that is linked with --wrap: what is about /dev/poll goes to the emulation, all
// else to the system.
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstring>

#include "device.h"
#include "faults.h"

#define EXPORT extern "C" __attribute__((visibility("default")))

using namespace devpoll_emulation;

namespace {

template <class Result>
Result WithErrno(Result result) {
  if (result >= 0) return result;
  errno = static_cast<int>(-result);
  return -1;
}

int Open(const char* path, int flags, unsigned mode) {
  if (std::strcmp(path, "/dev/poll") != 0) return ::open(path, flags, mode);
  auto fault = Next(kOpen);
  return WithErrno(fault ? -fault->error : OpenDevice(flags));
}

unsigned ModeOf(int flags, va_list arguments) {
  return flags & O_CREAT ? va_arg(arguments, unsigned) : 0;
}

}  // namespace

EXPORT int __wrap_open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  unsigned mode = ModeOf(flags, arguments);
  va_end(arguments);
  return Open(path, flags, mode);
}

// What open() is called with 64-bit offsets, which Node.js has everywhere.
EXPORT int __wrap_open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  unsigned mode = ModeOf(flags, arguments);
  va_end(arguments);
  return Open(path, flags, mode);
}

EXPORT ssize_t __wrap_write(int fd, const void* buffer, size_t size) {
  auto device = FindDevice(fd);
  if (!device) return ::write(fd, buffer, size);
  auto fault = Next(kWrite);
  ssize_t result = device->Write(buffer, size, fault ? fault->applied : SIZE_MAX);
  if (!fault || result < 0) return WithErrno(result);
  return fault->error != 0 ? WithErrno<ssize_t>(-fault->error) : static_cast<ssize_t>(fault->applied * sizeof(pollfd));
}

EXPORT int __wrap_ioctl(int fd, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  auto device = FindDevice(fd);
  if (!device) return ::ioctl(fd, request, argument);
  if (auto fault = Next(kIoctl)) return WithErrno(-fault->error);
  switch (request) {
    case DP_POLL: return WithErrno(device->Poll(static_cast<const dvpoll*>(argument)));
    case DP_ISPOLLED: return WithErrno(device->IsPolled(static_cast<pollfd*>(argument)));
    default: return WithErrno(-EINVAL);
  }
}

EXPORT int __wrap_close(int fd) {
  ForgetDevice(fd);
  return ::close(fd);
}
