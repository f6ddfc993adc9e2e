// Linux, the BSDs and illumos open a descriptor and mark it close-on-exec in one step, so that no other thread can fork
// in between.
#include <fcntl.h>
#include <unistd.h>

#include "retry.h"
#include "system.h"

namespace net {

int OpenSocket(int family, int type, int protocol) {
  return Retry([&] { return ::socket(family, type | SOCK_CLOEXEC, protocol); });
}

int OpenPair(int family, int type, int protocol, int (&fds)[2]) {
  return Retry([&] { return ::socketpair(family, type | SOCK_CLOEXEC, protocol, fds); });
}

int OpenPipe(int (&fds)[2]) {
  return Retry([&] { return ::pipe2(fds, O_CLOEXEC); });
}

int Accept(int fd, Address& peer) {
  // There is no MSG_DONTWAIT for accept. Other code that accepts on the same blocking listener may take the
  // connection between the two calls; accept4 then blocks until the next one comes.
  if (const int refused = CheckReady(fd, Interest::kRead); refused < 0) return refused;
  return Retry([&] {
    peer.size = sizeof(peer.storage);
    return ::accept4(fd, reinterpret_cast<sockaddr*>(&peer.storage), &peer.size, SOCK_CLOEXEC);
  });
}

}  // namespace net
