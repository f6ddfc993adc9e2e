#include <climits>
#include <mutex>
#include <set>

#include "retry.h"
#include "system.h"

namespace net {

namespace {

/**
 * The sockets that do not wait. Windows cannot be asked whether a socket blocks, and has no call that does not wait on one that
 * does. So all of them are non-blocking to the system, and those whose calls wait are waited for by waiting.h.
 */
class NonBlocking {
 public:
  static NonBlocking& Instance() {
    static NonBlocking instance;
    return instance;
  }

  bool Has(int fd) {
    std::lock_guard<std::mutex> guard(mutex_);
    return fds_.count(fd) > 0;
  }

  void Set(int fd, bool on) {
    std::lock_guard<std::mutex> guard(mutex_);
    if (on) {
      fds_.insert(fd);
    } else {
      fds_.erase(fd);
    }
  }

 private:
  std::mutex mutex_;
  std::set<int> fds_;
};

template <typename Value>
int Ask(int fd, int option, Value& value) {
  return GetOption(fd, SOL_SOCKET, option, {reinterpret_cast<uint8_t*>(&value), sizeof(value)});
}

}  // namespace

int Duplicate(int fd) {
  WSAPROTOCOL_INFOW info = {};
  const int result = Retry([&] { return ::WSADuplicateSocketW(fd, ::GetCurrentProcessId(), &info); });
  if (result < 0) return result;
  const SOCKET twin = ::WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                                   WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
  if (twin == INVALID_SOCKET) return LastError();
  NonBlocking::Instance().Set(static_cast<int>(twin), NonBlocking::Instance().Has(fd));
  return static_cast<int>(twin);
}

int Close(int fd) {
  // First, because the number may be given out again at once.
  NonBlocking::Instance().Set(fd, false);
  return Retry([&] { return ::closesocket(fd); });
}

int TakeOver(int fd) {
  u_long on = 1;
  return Retry([&] { return ::ioctlsocket(fd, FIONBIO, &on); });
}

int GetBlocking(int fd) {
  int type = 0;
  const int result = Ask(fd, SO_TYPE, type);
  return result < 0 ? result : !NonBlocking::Instance().Has(fd);
}

int SetBlocking(int fd, int blocking) {
  const int result = GetBlocking(fd);
  if (result < 0) return result;
  NonBlocking::Instance().Set(fd, !blocking);
  return 0;
}

int Identify(int fd, int (&family_type_protocol)[3]) {
  WSAPROTOCOL_INFOW info = {};
  const int result = Ask(fd, SO_PROTOCOL_INFOW, info);
  if (result < 0) return result;
  auto& [family, type, protocol] = family_type_protocol;
  family = info.iAddressFamily;
  type = info.iSocketType;
  protocol = info.iProtocol;
  return 0;
}

int Poll(int fd, Interest interest, int timeout_ms) {
  if (fd < 0) {
    ::Sleep(static_cast<DWORD>(timeout_ms));
    return 0;
  }
  fd_set wanted;
  FD_ZERO(&wanted);
  FD_SET(static_cast<SOCKET>(fd), &wanted);
  // Urgent data and a connection that failed.
  fd_set exceptional = wanted;
  fd_set* read = interest == Interest::kRead ? &wanted : nullptr;
  fd_set* write = interest == Interest::kWrite ? &wanted : nullptr;
  timeval time = {timeout_ms / 1000, timeout_ms % 1000 * 1000};
  const int ready = Retry([&] { return ::select(0, read, write, read ? nullptr : &exceptional, &time); });
  return ready > 0 ? 1 : ready;
}

/** Winsock reports the loss of a connection to every call. */
int HasFailed(int /* fd */) {
  return 0;
}

int TimeoutMs(int fd, Interest interest) {
  DWORD timeout_ms = 0;
  const int result = Ask(fd, interest == Interest::kWrite ? SO_SNDTIMEO : SO_RCVTIMEO, timeout_ms);
  if (result < 0) return result;
  return timeout_ms == 0 || timeout_ms > INT_MAX ? kForever : static_cast<int>(timeout_ms);
}

}  // namespace net
