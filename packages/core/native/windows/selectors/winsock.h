#ifndef SELECTORS_WINSOCK_H_
#define SELECTORS_WINSOCK_H_

#include <winsock2.h>

#include <cerrno>
#include <utility>

namespace selectors {

// The negative number of Winsock's last error. Winsock's numbers are not errno's, but os.constants.errno lists both,
// and core turns WSAENOTSOCK into the usual name.
inline int WinsockError() {
  return -::WSAGetLastError();
}

// Once for each module; it has no effect if Node has done so already.
inline int StartWinsock() {
  static const int result = [] {
    WSADATA data;
    return -::WSAStartup(MAKEWORD(2, 2), &data);
  }();
  return result;
}

// 0 for an open socket, -WSAENOTSOCK for all else.
inline int CheckSocket(int fd) {
  int type = 0;
  int size = sizeof type;
  auto* value = reinterpret_cast<char*>(&type);
  return ::getsockopt(static_cast<SOCKET>(fd), SOL_SOCKET, SO_TYPE, value, &size) == 0 ? 0 : WinsockError();
}

// Owns a socket and closes it once.
class UniqueSocket {
 public:
  UniqueSocket() = default;
  UniqueSocket(const UniqueSocket&) = delete;
  UniqueSocket& operator=(const UniqueSocket&) = delete;
  ~UniqueSocket() { Reset(); }

  SOCKET get() const { return socket_; }

  void Reset(SOCKET socket = INVALID_SOCKET) {
    SOCKET old = std::exchange(socket_, socket);
    if (old != INVALID_SOCKET) ::closesocket(old);
  }

 private:
  SOCKET socket_ = INVALID_SOCKET;
};

}  // namespace selectors

#endif  // SELECTORS_WINSOCK_H_
