// macOS opens a descriptor first and marks it afterwards: a fork in another thread can come in between. Node itself starts
// processes there by posix_spawn(2) with POSIX_SPAWN_CLOEXEC_DEFAULT, which passes on only what it is told to.
#include <fcntl.h>
#include <unistd.h>

#include "retry.h"
#include "system.h"

namespace net {

namespace {

int CloseOnExec(int fd) {
  return Retry([&] { return ::fcntl(fd, F_SETFD, FD_CLOEXEC); });
}

// Does what MSG_NOSIGNAL does, which macOS has had only since version 15.
int IgnoreSigpipe(int fd) {
  const int on = 1;
  const int result = Retry([&] { return ::setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof(on)); });
  // The other end of an accepted socket may be gone already.
  return result == -EINVAL ? 0 : result;
}

// Prepares each descriptor that was just opened, with one call for each; closes all of them if one of these calls fails.
template <size_t kCount, typename Prepare>
int PrepareAll(int result, const int (&fds)[kCount], Prepare prepare) {
  if (result < 0) return result;
  int prepared = 0;
  for (const int fd : fds) {
    if (prepared >= 0) prepared = prepare(fd);
  }
  if (prepared >= 0) return result;
  for (const int fd : fds) Close(fd);
  return prepared;
}

int PrepareSocket(int fd) {
  const int result = CloseOnExec(fd);
  return result < 0 ? result : IgnoreSigpipe(fd);
}

// An accepted socket starts in its listener's mode, which may be non-blocking.
int PrepareConnection(int fd) {
  const int result = SetBlocking(fd, 1);
  return result < 0 ? result : PrepareSocket(fd);
}

}  // namespace

int OpenSocket(int family, int type, int protocol) {
  const int fd = Retry([&] { return ::socket(family, type, protocol); });
  return PrepareAll(fd, {fd}, PrepareSocket);
}

int OpenPair(int family, int type, int protocol, int (&fds)[2]) {
  const int result = Retry([&] { return ::socketpair(family, type, protocol, fds); });
  return PrepareAll(result, fds, PrepareSocket);
}

int OpenPipe(int (&fds)[2]) {
  return PrepareAll(Retry([&] { return ::pipe(fds); }), fds, CloseOnExec);
}

int Accept(int fd, Address& peer) {
  // There is no MSG_DONTWAIT for accept. Other code that accepts on the same blocking listener may take the
  // connection between the two calls; accept then blocks until the next one comes.
  if (const int refused = CheckReady(fd, Interest::kRead); refused < 0) return refused;
  const int accepted = Retry([&] {
    peer.size = sizeof(peer.storage);
    return ::accept(fd, reinterpret_cast<sockaddr*>(&peer.storage), &peer.size);
  });
  return PrepareAll(accepted, {accepted}, PrepareConnection);
}

}  // namespace net
