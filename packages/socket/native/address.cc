#include <algorithm>
#include <cstddef>
#include <cstring>

#include "constants.h"
#include "retry.h"
#include "sockets.h"
#include "system.h"

namespace net {

namespace {

template <typename Concrete>
Concrete& As(Address& address) {
  return reinterpret_cast<Concrete&>(address.storage);
}

template <typename Concrete>
const Concrete& As(const Address& address) {
  return reinterpret_cast<const Concrete&>(address.storage);
}

template <typename Call>
int Name(int fd, Address& address, Call call) {
  return Retry([&] {
    address.size = sizeof(address.storage);
    return call(fd, reinterpret_cast<sockaddr*>(&address.storage), &address.size);
  });
}

template <typename Raw>
std::string HostOf(int family, const Raw& raw) {
  char text[INET6_ADDRSTRLEN] = {};
  return ::inet_ntop(family, &raw, text, sizeof(text)) ? text : "";
}

std::string PathOf(const Address& address) {
  const auto& path = As<sockaddr_un>(address).sun_path;
  const size_t offset = offsetof(sockaddr_un, sun_path);
  // Signed on Windows.
  const size_t written = static_cast<size_t>(address.size);
  const size_t size = written > offset ? std::min(written - offset, sizeof(path)) : 0;
  // An abstract name starts with a NUL and may contain more. On other systems the name of an unnamed socket consists of NULs.
  const bool abstract = kAbstractNames && size > 0 && path[0] == '\0';
  return {path, abstract ? size : ::strnlen(path, size)};
}

}  // namespace

int GetSockName(int fd, Address& address) {
  return Name(fd, address, ::getsockname);
}

int GetPeerName(int fd, Address& address) {
  return Name(fd, address, ::getpeername);
}

int CopyRaw(Address& address, Bytes to) {
  const size_t size = std::min(static_cast<size_t>(address.size), sizeof(address.storage));
  std::memcpy(to.data, &address.storage, std::min(size, to.size));
  return static_cast<int>(size);
}

int MakeRaw(Address& address, int family, Bytes from) {
  const size_t needed = offsetof(sockaddr_storage, ss_family) + sizeof(address.storage.ss_family);
  if (from.size < needed || from.size > sizeof(address.storage)) return -EINVAL;
  address = {};
  std::memcpy(&address.storage, from.data, from.size);
  address.size = static_cast<socklen_t>(from.size);
  return address.storage.ss_family == family ? 0 : -EINVAL;
}

bool IsUnix(const Address& address) {
  return address.storage.ss_family == AF_UNIX;
}

AddressText Describe(const Address& address) {
  // The system does not say who sent the bytes of a stream: the size is then 0 and the storage unchanged.
  const size_t needed = offsetof(sockaddr_storage, ss_family) + sizeof(address.storage.ss_family);
  const int family = static_cast<size_t>(address.size) >= needed ? address.storage.ss_family : AF_UNSPEC;
  if (family == AF_INET) {
    const auto& inet = As<sockaddr_in>(address);
    return {family, HostOf(family, inet.sin_addr), ntohs(inet.sin_port), 0, 0};
  }
  if (family == AF_INET6) {
    const auto& inet = As<sockaddr_in6>(address);
    const uint32_t flowinfo = ntohl(inet.sin6_flowinfo);
    return {family, HostOf(family, inet.sin6_addr), ntohs(inet.sin6_port), flowinfo, inet.sin6_scope_id};
  }
  return {family, family == AF_UNIX ? PathOf(address) : "", 0, 0, 0};
}

int MakeUnix(Address& address, const std::string& path) {
  address = {};
  auto& target = As<sockaddr_un>(address);
  // A path ends with a NUL; an abstract name has its own length, and an empty name lets the system choose one.
  const bool abstract = path.empty() || path[0] == '\0';
  if (abstract && !kAbstractNames) return -EINVAL;
  if (path.size() + (abstract ? 0 : 1) > sizeof(target.sun_path)) return -EINVAL;
  target.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), target.sun_path);
  address.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (abstract ? 0 : 1));
  return 0;
}

}  // namespace net
