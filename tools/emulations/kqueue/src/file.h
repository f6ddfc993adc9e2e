#ifndef KQUEUE_EMULATION_FILE_H_
#define KQUEUE_EMULATION_FILE_H_

#include <sys/stat.h>

#include <cstdint>

// What the kernels' filters tell apart.
enum class Kind { kRegular, kDirectory, kPipe, kFifo, kSocket, kLocalSocket, kQueue, kTerminal, kDevice, kOther };

struct File {
  Kind kind;
  struct stat status;

  // False if the descriptor is not open.
  static bool Of(int fd, File& file);
};

// Either end of a pipe whose other end is gone.
bool IsBroken(int fd);

// A stream on which shutdown(2) has ended one's own sending.
bool HasStoppedSending(int fd);

// How much there is to read, from where the next read starts; negative beyond the end of a file.
int64_t ReadableOf(int fd, Kind kind);

// What is ready of a file that an epoll set does not take, in its bits.
uint32_t ReadyOf(int fd, Kind kind);

#endif  // KQUEUE_EMULATION_FILE_H_
