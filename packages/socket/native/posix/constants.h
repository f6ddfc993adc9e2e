// Constants that some systems lack, and their replacements.
#pragma once

#include <sys/socket.h>

namespace net {

/** Keeps a send from raising SIGPIPE. Where it is absent, Node's having SIGPIPE ignored has to do. */
#ifdef MSG_NOSIGNAL
constexpr int kNoSignal = MSG_NOSIGNAL;
#else
constexpr int kNoSignal = 0;
#endif

/** Receives from a queue that Linux alone has. */
#ifdef MSG_ERRQUEUE
constexpr int kErrorQueue = MSG_ERRQUEUE;
#else
constexpr int kErrorQueue = 0;
#endif

/** The option that returns a socket's family; -1 where only its name says so: macOS, NetBSD, DragonFly. */
#ifdef SO_DOMAIN
constexpr int kDomainOption = SO_DOMAIN;
#else
constexpr int kDomainOption = -1;
#endif

/** The option that returns a socket's protocol; -1 where there is none. */
#if defined(SO_PROTOCOL)
constexpr int kProtocolOption = SO_PROTOCOL;
#elif defined(SO_PROTOTYPE)  // illumos's word for it
constexpr int kProtocolOption = SO_PROTOTYPE;
#else
constexpr int kProtocolOption = -1;
#endif

/** Whether the name of a UNIX socket may start with a NUL and be no path at all, see Linux's unix(7). */
#ifdef __linux__
constexpr bool kAbstractNames = true;
#else
constexpr bool kAbstractNames = false;
#endif

}  // namespace net
