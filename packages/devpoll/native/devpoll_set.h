#ifndef DEVPOLL_SET_H_
#define DEVPOLL_SET_H_

#include <fcntl.h>
#include <poll.h>
#include <sys/devpoll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "selectors/deadline.h"
#include "selectors/memory.h"
#include "selectors/poll_events.h"
#include "selectors/unique_fd.h"

// A set of poll(7D), which pollfd structures are written to. It accepts any number. One that is not open at the time is never
// reported, not even when it is opened later; one that is closed later is POLLNVAL until it is removed, and one that is reused
// polls the new file.
class DevpollSet {
 public:
  int Open() {
    devpoll_.Reset(::open("/dev/poll", O_RDWR | O_CLOEXEC));
    return devpoll_.get() < 0 ? -errno : 0;
  }

  int fd() const { return devpoll_.get(); }
  void Close() { devpoll_.Reset(); }

  // Watches for these events and no others. Removing comes first because events that are written are added to those already
  // there; POLLREMOVE removes only if it is alone in `events`.
  int Set(int fd, uint32_t events) {
    const pollfd changes[] = {{fd, POLLREMOVE, 0}, {fd, static_cast<short>(selectors::ToPollEvents(events)), 0}};
    int result = Write(changes, sizeof changes);
    // Any part of a write that failed may have been applied.
    if (result < 0) Unset(fd);
    return result;
  }

  int Unset(int fd) {
    const pollfd change = {fd, POLLREMOVE, 0};
    return Write(&change, sizeof change);
  }

  // Returns how many are ready, at most `capacity`.
  int Wait(selectors::Nanoseconds timeout, size_t capacity) {
    const size_t room = RoomFor(capacity);
    if (!polled_.Reserve(room)) return -ENOMEM;
    dvpoll request = {};
    request.dp_fds = polled_.data();
    // An int in the manual page, an nfds_t in illumos.
    request.dp_nfds = static_cast<decltype(request.dp_nfds)>(room);
    request.dp_timeout = selectors::ToMilliseconds(timeout);
    int count = ::ioctl(devpoll_.get(), DP_POLL, &request);
    return count < 0 ? -errno : count;
  }

  // What the last wait found. `events` says nothing: illumos does not fill it in along with POLLNVAL.
  const pollfd& operator[](size_t i) const { return polled_[i]; }

 private:
  // If interrupted, it is repeated as a whole, which makes no difference to entries that have been applied.
  int Write(const pollfd* changes, size_t size) {
    ssize_t written;
    do {
      written = ::write(devpoll_.get(), changes, size);
    } while (written < 0 && errno == EINTR);
    if (written < 0) return -errno;
    return static_cast<size_t>(written) == size ? 0 : -EIO;
  }

  // DP_POLL refuses a buffer of {OPEN_MAX} entries or more with EINVAL, see poll(7D), and with no entries it only sleeps. There are
  // never that many ready, because fewer descriptors are open. The limit may change at any time.
  static size_t RoomFor(size_t count) {
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) return count;
    return static_cast<size_t>(std::min<rlim_t>(count, std::max<rlim_t>(limit.rlim_cur, 2) - 1));
  }

  selectors::UniqueFd devpoll_;
  selectors::List<pollfd> polled_;
};

#endif  // DEVPOLL_SET_H_
