#include <fcntl.h>
#include <sys/select.h>

#include "files.h"
#include "traits.h"

namespace {

bool Receives(int fd) {
  return (::fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY;
}

// Moves the pipes that are vague from the set to another; returns how many.
int TakeVague(int limit, fd_set* writers, fd_set& vague) {
  int count = 0;
  FD_ZERO(&vague);
  for (int fd = 0; kTraits.vague_pipes && writers != nullptr && fd < limit; fd++) {
    if (!FD_ISSET(fd, writers) || !IsPipe(fd) || !Receives(fd)) continue;
    FD_CLR(fd, writers);
    FD_SET(fd, &vague);
    count++;
  }
  return count;
}

}  // namespace

// pselect(2) for what is linked with --wrap.
extern "C" int __wrap_pselect(int limit, fd_set* readers, fd_set* writers, fd_set* exceptional, const timespec* timeout,
                              const sigset_t* mask) {
  fd_set vague;
  const int taken = TakeVague(limit, writers, vague);
  const timespec lasting = taken > 0 || timeout == nullptr ? timespec{} : Lasting(*timeout);
  const bool for_ever = taken == 0 && timeout == nullptr;
  const int count = ::pselect(limit, readers, writers, exceptional, for_ever ? nullptr : &lasting, mask);
  if (count < 0) return count;
  for (int fd = 0; taken > 0 && fd < limit; fd++) {
    if (FD_ISSET(fd, &vague)) FD_SET(fd, writers);
  }
  return count + taken;
}
