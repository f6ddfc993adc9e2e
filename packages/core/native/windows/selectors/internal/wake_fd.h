#ifndef SELECTORS_INTERNAL_WAKE_FD_H_
#define SELECTORS_INTERNAL_WAKE_FD_H_

#include <winsock2.h>
#include <ws2tcpip.h>

#include <atomic>

#include "selectors/winsock.h"

namespace selectors {

// A descriptor that is readable from Raise() to Lower(). Windows waits for sockets only: this one sends datagrams to itself
// over the loopback interface, and accepts none from others.
class WakeFd {
 public:
  int Open() {
    if (int result = StartWinsock()) return result;
    socket_.Reset(
        ::WSASocketW(AF_INET, SOCK_DGRAM, IPPROTO_UDP, nullptr, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT));
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    int size = sizeof address;
    auto* name = reinterpret_cast<sockaddr*>(&address);
    const auto* timeout = reinterpret_cast<const char*>(&kLongestJourneyMs);
    if (socket_.get() == INVALID_SOCKET || ::bind(socket_.get(), name, size) != 0 ||
        ::getsockname(socket_.get(), name, &size) != 0 || ::connect(socket_.get(), name, size) != 0 ||
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, timeout, sizeof kLongestJourneyMs) != 0) {
      return WinsockError();
    }
    return 0;
  }

  // The handles of Windows have 32 significant bits, whatever the width of SOCKET.
  int get() const { return static_cast<int>(socket_.get()); }

  // Whether any of its numbers is such a one.
  template <class Is>
  bool HasAny(const Is& is) const {
    return is(get());
  }

  // From any thread. At most one datagram is under way.
  void Raise() {
    if (!raised_.exchange(true)) ::send(socket_.get(), "", 1, 0);
  }

  // Waits for the datagram, which would otherwise arrive later.
  void Lower() {
    char byte;
    if (raised_.exchange(false)) ::recv(socket_.get(), &byte, 1, 0);
  }

  // Not checked: handles are not reused as soon as numbers are.
  int Lost() const { return -1; }

 private:
  // If one were lost after all, which does not happen on the loopback interface, its receiver would not wait for ever.
  static constexpr DWORD kLongestJourneyMs = 1000;

  UniqueSocket socket_;
  std::atomic<bool> raised_ = false;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_WAKE_FD_H_
