#include <winsock2.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"
#include "selectors/winsock.h"
#include "socket_set.h"

using selectors::kEventRead;
using selectors::kEventWrite;

namespace {

// Winsock's select(), which knows only sockets, and takes lists of them rather than bits.
// https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select
class Select {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite | selectors::kOneShot;

  int Open() { return selectors::StartWinsock(); }

  int Fileno() { return -ENOTSUP; }

  // A single number that is not a socket would make every wait fail.
  int Add(int fd, uint32_t events) {
    if (int result = selectors::CheckSocket(fd)) return result;
    if (!Reserve(fd)) return -ENOMEM;
    Include(fd, events);
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    if (int result = selectors::CheckSocket(fd)) return result;
    if (!Reserve(fd)) return -ENOMEM;
    Exclude(fd);
    Include(fd, events);
    return 0;
  }

  int Remove(int fd) { return Exclude(fd) ? 0 : -ENOENT; }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    readable_.Copy(readers_);
    writable_.Copy(writers_);
    // A failed connection is reported as an exception, so the third set holds what is waited for to become writable.
    failed_.Copy(writers_);
    if (readable_.size() + writable_.size() == 0) {
      // Winsock refuses to wait for nothing.
      ::Sleep(static_cast<DWORD>(selectors::ToMilliseconds(timeout)));
      return 0;
    }
    timeval time = ToTimeval(timeout);
    if (::select(0, readable_.Raw(), writable_.Raw(), failed_.Raw(), &time) < 0) return selectors::WinsockError();
    Collect(ready);
    return static_cast<int>(ready.size());
  }

  int Close() {
    readers_.Clear();
    writers_.Clear();
    return 0;
  }

 private:
  // Rounded up, so that a wait is never early.
  static timeval ToTimeval(selectors::Nanoseconds time) {
    const int64_t microseconds = (time.count() + 999) / 1000;
    return {static_cast<long>(microseconds / 1'000'000), static_cast<long>(microseconds % 1'000'000)};
  }

  // Makes room for one more, here and in what a wait copies it to.
  bool Reserve(int fd) {
    const size_t readers = readers_.size() + 1;
    const size_t writers = writers_.size() + 1;
    return shots_.Reserve(fd) && readers_.Reserve(readers) && readable_.Reserve(readers) && writers_.Reserve(writers) &&
           writable_.Reserve(writers) && failed_.Reserve(writers) && found_.Reserve(readers + 2 * writers);
  }

  void Include(int fd, uint32_t events) {
    if (events & kEventRead) readers_.Insert(static_cast<SOCKET>(fd));
    if (events & kEventWrite) writers_.Insert(static_cast<SOCKET>(fd));
    if (events & selectors::kOneShot) shots_.Insert(fd, true);
  }

  // Returns whether it was in a set.
  bool Exclude(int fd) {
    const bool read = readers_.Erase(static_cast<SOCKET>(fd));
    const bool wrote = writers_.Erase(static_cast<SOCKET>(fd));
    shots_.Erase(fd);
    return read || wrote;
  }

  // Makes one pair for each descriptor from the contents of the three sets.
  void Collect(selectors::ReadyList& ready) {
    found_.Clear();
    // There is room for all.
    for (SOCKET socket : readable_) (void)found_.Push({static_cast<int>(socket), kEventRead});
    for (SOCKET socket : writable_) (void)found_.Push({static_cast<int>(socket), kEventWrite});
    for (SOCKET socket : failed_) (void)found_.Push({static_cast<int>(socket), kEventWrite});
    std::sort(found_.begin(), found_.end(), [](const Found& one, const Found& other) { return one.fd < other.fd; });
    for (size_t next = 0; next < found_.size();) {
      const int fd = found_[next].fd;
      uint32_t events = 0;
      for (; next < found_.size() && found_[next].fd == fd; next++) events |= found_[next].events;
      if (!ready.Push(fd, events)) return;
      // Until Modify() includes it again.
      if (shots_.Find(fd) != nullptr) Exclude(fd);
    }
  }

  struct Found {
    int fd;
    uint32_t events;
  };

  SocketSet readers_;
  SocketSet writers_;
  // Those that are excluded when they are reported.
  selectors::FdTable<bool> shots_;
  // Used by one wait; kept to reuse their memory.
  SocketSet readable_;
  SocketSet writable_;
  SocketSet failed_;
  selectors::List<Found> found_;
};

}  // namespace

SELECTORS_BACKEND(Select, "@selectors/select")
