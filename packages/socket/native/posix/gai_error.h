#pragma once

#include <netdb.h>

#include <cerrno>

namespace net {

inline bool IsInterrupted(int error) {
  return error == EAI_SYSTEM && errno == EINTR;
}

/** libuv's numbers of the failures of getaddrinfo(3), which systems number as they like. */
inline int GaiError(int error) {
  switch (error) {
    // A system's resolver may forget to set errno: it is a failure all the same.
    case EAI_SYSTEM: return errno > 0 ? -errno : -3004;
    case EAI_AGAIN: return -3001;
    case EAI_BADFLAGS: return -3002;
    case EAI_FAMILY: return -3005;
    case EAI_MEMORY: return -3006;
    case EAI_NONAME: return -3008;
    case EAI_OVERFLOW: return -3009;
    case EAI_SERVICE: return -3010;
    case EAI_SOCKTYPE: return -3011;
#ifdef EAI_ADDRFAMILY  // not in POSIX
    case EAI_ADDRFAMILY: return -3000;
#endif
#ifdef EAI_NODATA  // not in POSIX
    case EAI_NODATA: return -3007;
#endif
    default: return -3004;  // UV_EAI_FAIL
  }
}

}  // namespace net
