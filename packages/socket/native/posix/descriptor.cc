#include <fcntl.h>
#include <poll.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

#include "constants.h"
#include "retry.h"
#include "system.h"

namespace net {

namespace {

int Ask(int fd, int option, int& value) {
  return GetOption(fd, SOL_SOCKET, option, {reinterpret_cast<uint8_t*>(&value), sizeof(value)});
}

int FamilyByName(int fd, int& family) {
  Address name = {};
  const int result = GetSockName(fd, name);
  family = name.storage.ss_family;
  return result;
}

}  // namespace

int Duplicate(int fd) {
  return Retry([&] { return ::fcntl(fd, F_DUPFD_CLOEXEC, 0); });
}

int Close(int fd) {
  // Never retried: after EINTR the descriptor is already gone on Linux, see close(2).
  return ::close(fd) == 0 || errno == EINTR ? 0 : -errno;
}

int TakeOver(int /* fd */) {
  return 0;
}

int GetBlocking(int fd) {
  const int flags = Retry([&] { return ::fcntl(fd, F_GETFL); });
  return flags < 0 ? flags : (flags & O_NONBLOCK) == 0;
}

int CheckReady(int fd, Interest interest) {
  const int flags = Retry([&] { return ::fcntl(fd, F_GETFL); });
  if (flags < 0) return flags;
  if ((flags & O_NONBLOCK) != 0) return 0;
  // The wrong end of a pipe is never ready: the call itself fails with EBADF.
  if ((flags & O_ACCMODE) == (interest == Interest::kRead ? O_WRONLY : O_RDONLY)) return 0;
  const int ready = Poll(fd, interest, 0);
  return ready == 0 ? -EAGAIN : std::min(ready, 0);
}

int SetBlocking(int fd, int blocking) {
  const int flags = Retry([&] { return ::fcntl(fd, F_GETFL); });
  if (flags < 0) return flags;
  const int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  return wanted == flags ? 0 : Retry([&] { return ::fcntl(fd, F_SETFL, wanted); });
}

int Identify(int fd, int (&family_type_protocol)[3]) {
  auto& [family, type, protocol] = family_type_protocol;
  protocol = 0;
  int result = Ask(fd, SO_TYPE, type);
  if (result >= 0) result = kDomainOption < 0 ? FamilyByName(fd, family) : Ask(fd, kDomainOption, family);
  if (result >= 0 && kProtocolOption >= 0) result = Ask(fd, kProtocolOption, protocol);
  return result < 0 ? result : 0;
}

int Poll(int fd, Interest interest, int timeout_ms) {
  const short events = interest == Interest::kRead ? POLLIN : interest == Interest::kWrite ? POLLOUT : POLLPRI;
  pollfd entry = {fd, events, 0};
  const int ready = ::poll(&entry, 1, timeout_ms);
  if (ready >= 0) return ready;
  // EAGAIN: the kernel had no memory for the call, and may have some for the next one, see POSIX.
  return errno == EINTR || errno == EAGAIN ? 0 : -errno;
}

int HasFailed(int fd) {
  pollfd entry = {fd, 0, 0};
  const int result = Retry([&] { return ::poll(&entry, 1, 0); });
  return result < 0 ? result : (entry.revents & POLLERR) != 0;
}

int TimeoutMs(int fd, Interest interest) {
  timeval timeout = {};
  const int option = interest == Interest::kWrite ? SO_SNDTIMEO : SO_RCVTIMEO;
  const int result = GetOption(fd, SOL_SOCKET, option, {reinterpret_cast<uint8_t*>(&timeout), sizeof(timeout)});
  if (result == -ENOTSOCK) return kForever;
  if (result < 0) return result;
  if (timeout.tv_sec == 0 && timeout.tv_usec == 0) return kForever;
  if (timeout.tv_sec >= INT_MAX / 1000) return kForever;
  return static_cast<int>(timeout.tv_sec * 1000 + (timeout.tv_usec + 999) / 1000);
}

}  // namespace net
