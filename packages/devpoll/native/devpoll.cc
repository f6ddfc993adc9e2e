#include <fcntl.h>
#include <poll.h>
#include <sys/devpoll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"
#include "selectors/poll_events.h"
#include "selectors/unique_fd.h"

namespace {

// poll(7D) of Solaris and illumos, poll(4D) since 2022: a set that pollfd structures are written to. It accepts any number. One
// that is not open at the time is never reported, not even when it is opened later; one that is closed later is POLLNVAL until
// it is removed, and one that is reused polls the new file.
class Devpoll {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite | selectors::kEventPriority | selectors::kEventHangup |
                                      selectors::kEventError | selectors::kOneShot;

  int Open() {
    devpoll_.Reset(::open("/dev/poll", O_RDWR | O_CLOEXEC));
    return devpoll_.get() < 0 ? -errno : 0;
  }

  int Fileno() const { return devpoll_.get(); }

  int Add(int fd, uint32_t events) {
    if (!interests_.Reserve(fd)) return -ENOMEM;
    int result = Set(fd, events);
    if (result == 0) interests_.Insert(fd, events);
    return result;
  }

  int Modify(int fd, uint32_t events) {
    int result = Set(fd, events);
    if (result == 0) *interests_.Find(fd) = events;
    return result;
  }

  int Remove(int fd) {
    interests_.Erase(fd);
    return Unset(fd);
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    if (int result = Renew(); result < 0) return result;
    const size_t room = RoomFor(ready.capacity());
    if (!polled_.Reserve(room) || !stale_.Reserve(room)) return -ENOMEM;
    dvpoll request = {};
    request.dp_fds = polled_.data();
    // An int in the manual page, an nfds_t in illumos.
    request.dp_nfds = static_cast<decltype(request.dp_nfds)>(room);
    request.dp_timeout = selectors::ToMilliseconds(timeout);
    int count = ::ioctl(devpoll_.get(), DP_POLL, &request);
    if (count < 0) return -errno;
    for (int i = 0; i < count; i++) {
      // Not the returned `events`: illumos does not fill it in along with POLLNVAL.
      uint32_t* interest = interests_.Find(polled_[i].fd);
      if (uint32_t mask = IsWanted(interest) ? selectors::ToMask(polled_[i].revents, *interest) : 0) {
        if (ready.Push(polled_[i].fd, mask) && *interest & selectors::kOneShot) Spend(polled_[i].fd, *interest);
      } else {
        // There is room for it: Renew() has left none.
        (void)stale_.Push(polled_[i].fd);
      }
    }
    return static_cast<int>(ready.size());
  }

  int Close() {
    devpoll_.Reset();
    return 0;
  }

 private:
  // Combined with the events of an interest: it was reported, and was to be reported only once.
  static constexpr uint32_t kSpent = 1u << 31;

  static bool IsWanted(const uint32_t* interest) { return interest != nullptr && !(*interest & kSpent); }

  // Until Modify() writes it again.
  void Spend(int fd, uint32_t& interest) {
    interest |= kSpent;
    // There is room for it: Wait() has reserved some.
    if (Unset(fd) < 0) (void)stale_.Push(fd);
  }

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

  // If interrupted, it is repeated as a whole, which makes no difference to entries that have been applied.
  int Write(const pollfd* changes, size_t size) {
    ssize_t written;
    do {
      written = ::write(devpoll_.get(), changes, size);
    } while (written < 0 && errno == EINTR);
    if (written < 0) return -errno;
    return static_cast<size_t>(written) == size ? 0 : -EIO;
  }

  // What is reported although nothing waits for it is left over from an earlier registration: its removal failed, or the number
  // was not open at the time, in which case illumos keeps the events and ignores POLLREMOVE. It would end each wait at once, so
  // it is written again before the next one, and before each after that until the system accepts it.
  int Renew() {
    for (; !stale_.empty(); stale_.Pop()) {
      const uint32_t* interest = interests_.Find(stale_.back());
      if (!IsWanted(interest)) {
        Unset(stale_.back());
      } else if (int result = Set(stale_.back(), *interest); result < 0) {
        return result;
      }
    }
    return 0;
  }

  // DP_POLL refuses a buffer of {OPEN_MAX} entries or more with EINVAL, see poll(7D), and with no entries it only sleeps. There are
  // never that many ready, because fewer descriptors are open. The limit may change at any time.
  static size_t RoomFor(size_t count) {
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) < 0) return count;
    return static_cast<size_t>(std::min<rlim_t>(count, std::max<rlim_t>(limit.rlim_cur, 2) - 1));
  }

  selectors::UniqueFd devpoll_;
  // What each descriptor is watched for, as it was written.
  selectors::FdTable<uint32_t> interests_;
  selectors::List<pollfd> polled_;
  selectors::List<int> stale_;
};

}  // namespace

SELECTORS_BACKEND(Devpoll, "@selectors/devpoll")
