#ifndef FILE_H_
#define FILE_H_

#include <sys/types.h>
#include <sys/event.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "selectors/named_fifo.h"
#include "system.h"

// What the systems' filters tell apart. A queue says that it is a FIFO.
enum class File { kOther, kRegular, kDevice, kPipe, kNamedFifo, kQueue };

// kOther if the descriptor is not open.
inline File FileOf(int fd, const System& system) {
  struct stat status = {};
  if (::fstat(fd, &status) < 0) return File::kOther;
  if (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) return File::kRegular;
  if (S_ISCHR(status.st_mode)) return File::kDevice;
  if (!S_ISFIFO(status.st_mode)) return File::kOther;
  const timespec no_wait = {};
  if (::kevent(fd, nullptr, 0, nullptr, 0, &no_wait) == 0) return File::kQueue;
  return system.has_endless_fifos && selectors::IsNamedFifo(fd) ? File::kNamedFifo : File::kPipe;
}

// What a queue refuses and poll(2) reports as ready at once. On macOS poll(2) reports devices and directories as invalid.
inline bool IsAlwaysReady(int fd, File file) {
  if (file == File::kRegular) return true;
  pollfd polled = {fd, POLLIN | POLLOUT, 0};
  return ::poll(&polled, 1, 0) == 1 && polled.revents == (POLLIN | POLLOUT);
}

#endif  // FILE_H_
