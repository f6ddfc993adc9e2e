// macOS opens a descriptor first and marks it afterwards: a fork in another thread can come in between. Node itself starts
// processes by posix_spawn(2) with POSIX_SPAWN_CLOEXEC_DEFAULT there, which passes on what it is told to only.
#include <fcntl.h>
#include <unistd.h>

#include "retry.h"
#include "system.h"

namespace net {

namespace {

int CloseOnExec(int fd) {
  return Retry([&] { return ::fcntl(fd, F_SETFD, FD_CLOEXEC); });
}

// Whatever opened `fds` answered `result`; marks them, or closes them when that fails.
template <size_t kCount>
int Mark(int result, const int (&fds)[kCount]) {
  if (result < 0) return result;
  int marked = 0;
  for (const int fd : fds) {
    if (marked >= 0) marked = CloseOnExec(fd);
  }
  if (marked >= 0) return result;
  for (const int fd : fds) Close(fd);
  return marked;
}

// As MSG_NOSIGNAL does, which macOS has had since version 15 only. Refused for a socket whose other end is gone already.
void IgnoreSigpipe(int fd) {
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof(on));
}

}  // namespace

int OpenSocket(int family, int type, int protocol) {
  const int fd = Retry([&] { return ::socket(family, type, protocol); });
  if (fd >= 0) IgnoreSigpipe(fd);
  return Mark(fd, {fd});
}

int OpenPair(int family, int type, int protocol, int (&fds)[2]) {
  const int result = Retry([&] { return ::socketpair(family, type, protocol, fds); });
  if (result < 0) return result;
  for (const int fd : fds) IgnoreSigpipe(fd);
  return Mark(result, fds);
}

int OpenPipe(int (&fds)[2]) {
  return Mark(Retry([&] { return ::pipe(fds); }), fds);
}

int Accept(int fd, Address& peer) {
  // There is no MSG_DONTWAIT for accept. Somebody else who accepts on the same blocking listener may take the
  // connection between the two calls; accept then blocks until the next one comes.
  if (WouldBlock(fd, Interest::kRead)) return -EAGAIN;
  const int accepted = Retry([&] {
    peer.size = sizeof(peer.storage);
    return ::accept(fd, reinterpret_cast<sockaddr*>(&peer.storage), &peer.size);
  });
  if (accepted < 0) return accepted;
  IgnoreSigpipe(accepted);
  // It is born as its listener is.
  SetBlocking(accepted, 1);
  return Mark(accepted, {accepted});
}

}  // namespace net
