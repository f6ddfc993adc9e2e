#ifndef AFD_BASE_HANDLE_H_
#define AFD_BASE_HANDLE_H_

#include <winsock2.h>
// After winsock2.h, which it needs.
#include <mswsock.h>

#include "selectors/winsock.h"

// Finds the handle that the driver knows a socket by. Of a layered provider's socket, the number is another handle. WSAENOTSOCK for
// what is no open socket.
class BaseHandle {
 public:
  static int Of(int fd, HANDLE& handle) {
    // The driver takes handles that are no sockets, and wine's answer to the question is any number.
    if (int result = selectors::CheckSocket(fd)) return result;
    SOCKET socket = static_cast<SOCKET>(fd);
    SOCKET base = INVALID_SOCKET;
    int result = Ask(socket, SIO_BASE_HANDLE, base);
    // Some providers hide it, and have to be asked for the handle below for each purpose. That may be another such provider's.
    for (DWORD question : {SIO_BSP_HANDLE_POLL, SIO_BSP_HANDLE_SELECT, SIO_BSP_HANDLE}) {
      if (result == 0) break;
      SOCKET lower = INVALID_SOCKET;
      if (Ask(socket, question, lower) == 0 && lower != socket) result = Ask(lower, SIO_BASE_HANDLE, base);
    }
    if (result == 0) handle = reinterpret_cast<HANDLE>(base);
    return result;
  }

 private:
  static int Ask(SOCKET socket, DWORD question, SOCKET& answer) {
    DWORD size = 0;
    const int result = ::WSAIoctl(socket, question, nullptr, 0, &answer, sizeof answer, &size, nullptr, nullptr);
    return result == 0 ? 0 : selectors::WinsockError();
  }
};

#endif  // AFD_BASE_HANDLE_H_
