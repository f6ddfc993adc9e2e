#pragma once

#include <winsock2.h>
#include <ws2tcpip.h>

namespace net {

/** There are no signals. */
inline bool IsInterrupted(int /* error */) {
  return false;
}

/** libuv's numbers of the failures of getaddrinfo(), which are numbers of Winsock's here. */
inline int GaiError(int error) {
  switch (error) {
    case WSATRY_AGAIN: return -3001;
    case WSAEINVAL: return -3002;
    case WSAEAFNOSUPPORT: return -3005;
    case WSA_NOT_ENOUGH_MEMORY: return -3006;
    case WSANO_DATA: return -3007;
    case WSAHOST_NOT_FOUND: return -3008;
    case WSATYPE_NOT_FOUND: return -3010;
    case WSAESOCKTNOSUPPORT: return -3011;
    default: return -3004;  // UV_EAI_FAIL
  }
}

}  // namespace net
