#include <cerrno>
#include <cstring>
#include <memory>

#include "gai_error.h"
#include "sockets.h"
#include "system.h"

namespace net {

namespace {

int LookUp(Address& address, int family, const std::string& host) {
  addrinfo hints = {};
  hints.ai_family = family;
  hints.ai_socktype = SOCK_DGRAM;  // any one will do: it keeps the list to one entry per address
  // Without a name: the address that binds to all interfaces, for which a service has to be given.
  hints.ai_flags = host.empty() ? AI_PASSIVE : 0;
  addrinfo* found = nullptr;
  const char* node = host.empty() ? nullptr : host.c_str();
  const char* service = host.empty() ? "0" : nullptr;
  int error = 0;
  do {
    errno = 0;
    error = ::getaddrinfo(node, service, &hints, &found);
  } while (IsInterrupted(error));
  if (error != 0) return GaiError(error);
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
  address.size = found->ai_addrlen;
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  return 0;
}

}  // namespace

int MakeInet(Address& address, int family, const std::string& host, int port, int flowinfo, int64_t scope_id) {
  address = {};
  const int result = LookUp(address, family, host);
  if (result != 0) return result;
  if (family == AF_INET) {
    reinterpret_cast<sockaddr_in&>(address.storage).sin_port = htons(static_cast<uint16_t>(port));
    return 0;
  }
  auto& inet = reinterpret_cast<sockaddr_in6&>(address.storage);
  inet.sin6_port = htons(static_cast<uint16_t>(port));
  inet.sin6_flowinfo = htonl(static_cast<uint32_t>(flowinfo));
  // A host such as fe80::1%eth0 contains its scope already.
  if (scope_id != 0) inet.sin6_scope_id = static_cast<uint32_t>(scope_id);
  return 0;
}

}  // namespace net
