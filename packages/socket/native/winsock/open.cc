// No socket is inherited by child processes.
#include <cerrno>

#include "owner.h"
#include "retry.h"
#include "system.h"

namespace net {

namespace {

int MakeLoopback(Address& address, int family) {
  return MakeInet(address, family, family == AF_INET6 ? "::1" : "127.0.0.1", 0, 0, 0);
}

bool AreSame(const Address& one, const Address& other) {
  const AddressText first = Describe(one);
  const AddressText second = Describe(other);
  return first.host == second.host && first.port == second.port;
}

/** Accepts the connection from `peer`, which is on its way: somebody else's may have come too. */
int AcceptFrom(int listener, const Address& peer) {
  for (;;) {
    Address address = {};
    const int fd = Accept(listener, address);
    if (fd < 0 || AreSame(address, peer)) return fd;
    Close(fd);
  }
}

}  // namespace

int OpenSocket(int family, int type, int protocol) {
  const SOCKET socket =
      ::WSASocketW(family, type, protocol, nullptr, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  return socket == INVALID_SOCKET ? LastError() : static_cast<int>(socket);
}

/** There is no socketpair(): two sockets that are connected over the loopback interface. */
int OpenPair(int family, int type, int protocol, int (&fds)[2]) {
  if ((family != AF_INET && family != AF_INET6) || type != SOCK_STREAM) return -ENOTSUP;
  UniqueFd listener(OpenSocket(family, type, protocol));
  UniqueFd client(OpenSocket(family, type, protocol));
  Address address = {};
  int result = listener.get() < 0 ? listener.get() : client.get() < 0 ? client.get() : MakeLoopback(address, family);
  if (result >= 0) result = Bind(listener.get(), address);
  if (result >= 0) result = Listen(listener.get(), 1);
  if (result >= 0) result = GetSockName(listener.get(), address);
  // It waits, because neither socket has been passed to TakeOver() yet.
  if (result >= 0) result = Connect(client.get(), address);
  if (result >= 0) result = GetSockName(client.get(), address);
  if (result >= 0) result = AcceptFrom(listener.get(), address);
  if (result < 0) return result;
  fds[0] = result;
  fds[1] = client.Release();
  return 0;
}

/** Windows waits for no pipe. */
int OpenPipe(int (& /* fds */)[2]) {
  return -ENOTSUP;
}

int Accept(int fd, Address& peer) {
  peer.size = sizeof(peer.storage);
  const SOCKET accepted = ::accept(fd, reinterpret_cast<sockaddr*>(&peer.storage), &peer.size);
  if (accepted == INVALID_SOCKET) return LastError();
  if (::SetHandleInformation(reinterpret_cast<HANDLE>(accepted), HANDLE_FLAG_INHERIT, 0))
    return static_cast<int>(accepted);
  ::closesocket(accepted);
  // SetHandleInformation's errors are not Winsock's. The socket is closed because child processes would inherit it.
  return -EACCES;
}

}  // namespace net
