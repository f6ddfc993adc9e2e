// What there is to know of a file, from Linux.
#include "file.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include "queue.h"

namespace {

// Of pseudo-terminals, see admin-guide/devices.txt of Linux: their sides, and where they are opened.
bool IsPty(dev_t device) {
  return (major(device) >= 128 && major(device) <= 143) || device == makedev(5, 2);
}

std::string PathOf(int fd) {
  char link[64];
  char target[256];
  ::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = ::readlink(link, target, sizeof target);
  return std::string(target, length < 0 ? 0 : static_cast<size_t>(length));
}

int OptionOf(int fd, int option) {
  int value = 0;
  socklen_t length = sizeof value;
  return ::getsockopt(fd, SOL_SOCKET, option, &value, &length) < 0 ? -1 : value;
}

Kind KindOf(int fd, const struct stat& status) {
  switch (status.st_mode & S_IFMT) {
    case S_IFREG: return Kind::kRegular;
    case S_IFDIR: return Kind::kDirectory;
    case S_IFIFO: return PathOf(fd).rfind("pipe:", 0) == 0 ? Kind::kPipe : Kind::kFifo;
    case S_IFSOCK: return OptionOf(fd, SO_DOMAIN) == AF_UNIX ? Kind::kLocalSocket : Kind::kSocket;
    case S_IFCHR: return IsPty(status.st_rdev) ? Kind::kTerminal : Kind::kDevice;
    default: return PathOf(fd) == "anon_inode:[eventpoll]" ? Kind::kQueue : Kind::kOther;
  }
}

}  // namespace

bool File::Of(int fd, File& file) {
  if (::fstat(fd, &file.status) < 0) return false;
  file.kind = KindOf(fd, file.status);
  return true;
}

bool Queue::IsQueue(int fd) {
  return PathOf(fd) == "anon_inode:[eventpoll]";
}

bool IsBroken(int fd) {
  pollfd polled = {fd, 0, 0};
  return ::poll(&polled, 1, 0) > 0 && polled.revents & (POLLERR | POLLHUP);
}

bool HasStoppedSending(int fd) {
  // By its state: send(2) would take the error of a connection that is being reset.
  tcp_info info = {};
  socklen_t length = sizeof info;
  if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) == 0) {
    return info.tcpi_state != TCP_ESTABLISHED && info.tcpi_state != TCP_CLOSE_WAIT;
  }
  // Sends nothing. Only local streams: a datagram may be empty.
  if (OptionOf(fd, SO_DOMAIN) != AF_UNIX || OptionOf(fd, SO_TYPE) != SOCK_STREAM) return false;
  return ::send(fd, "", 0, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno == EPIPE;
}

int64_t ReadableOf(int fd, Kind kind) {
  struct stat status = {};
  if (kind == Kind::kRegular || kind == Kind::kDirectory) {
    return ::fstat(fd, &status) < 0 ? 0 : status.st_size - ::lseek(fd, 0, SEEK_CUR);
  }
  int bytes = 0;
  return ::ioctl(fd, FIONREAD, &bytes) < 0 ? 0 : bytes;
}

uint32_t ReadyOf(int fd, Kind kind) {
  if (kind == Kind::kDevice) return EPOLLIN | EPOLLOUT;
  const bool is_readable = ReadableOf(fd, kind) != 0;
  const uint32_t readable = is_readable ? uint32_t{EPOLLIN} : 0;
  if (kind != Kind::kFifo) return readable | EPOLLOUT;
  pollfd polled = {fd, POLLOUT, 0};
  return ::poll(&polled, 1, 0) > 0 && polled.revents & POLLOUT ? readable | EPOLLOUT : readable;
}
