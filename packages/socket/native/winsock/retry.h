#pragma once

#include <winsock2.h>

#include <cerrno>

namespace net {

/**
 * The negative number of the error that Winsock left. os.constants.errno lists Winsock's numbers too, and src/ calls them by
 * their usual names, so that only those have to be translated that mean something to callers.
 */
inline int LastError() {
  const int error = ::WSAGetLastError();
  switch (error) {
    case WSAEWOULDBLOCK: return -EAGAIN;
    case WSAESHUTDOWN: return -EPIPE;
    default: return -error;
  }
}

/** Calls once, for there are no signals: the result, or the negative number of the error. */
template <typename Call>
int Retry(Call call) {
  const auto result = call();
  return result == SOCKET_ERROR ? LastError() : static_cast<int>(result);
}

}  // namespace net
