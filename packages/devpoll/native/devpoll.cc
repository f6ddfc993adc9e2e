#include <cerrno>
#include <cstdint>

#include "devpoll_set.h"
#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"
#include "selectors/poll_events.h"

namespace {

// poll(7D) of Solaris and illumos, poll(4D) since 2022.
class Devpoll {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite | selectors::kEventPriority | selectors::kEventHangup |
                                      selectors::kEventError | selectors::kOneShot;

  int Open() { return set_.Open(); }

  int Fileno() const { return set_.fd(); }

  int Add(int fd, uint32_t events) {
    if (!interests_.Reserve(fd)) return -ENOMEM;
    int result = set_.Set(fd, events);
    if (result == 0) interests_.Insert(fd, events);
    return result;
  }

  int Modify(int fd, uint32_t events) {
    int result = set_.Set(fd, events);
    if (result == 0) *interests_.Find(fd) = events;
    return result;
  }

  int Remove(int fd) {
    interests_.Erase(fd);
    return set_.Unset(fd);
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    if (int result = Renew(); result < 0) return result;
    if (!stale_.Reserve(ready.capacity())) return -ENOMEM;
    int count = set_.Wait(timeout, ready.capacity());
    if (count < 0) return count;
    for (int i = 0; i < count; i++) {
      const int fd = set_[i].fd;
      uint32_t* interest = interests_.Find(fd);
      if (uint32_t mask = IsWanted(interest) ? selectors::ToMask(set_[i].revents, *interest) : 0) {
        if (ready.Push(fd, mask) && *interest & selectors::kOneShot) Spend(fd, *interest);
      } else {
        // There is room for it: Renew() has left none.
        (void)stale_.Push(fd);
      }
    }
    // At once, while they are open. What is refused is tried again.
    (void)Renew();
    return static_cast<int>(ready.size());
  }

  int Close() {
    set_.Close();
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
    if (set_.Unset(fd) < 0) (void)stale_.Push(fd);
  }

  // What is reported although nothing waits for it is left over from an earlier registration: its removal failed, or the number
  // was not open at the time, in which case illumos keeps the events and ignores POLLREMOVE. It would end each wait at once, so
  // it is written again: after the wait that found it, because once it is closed illumos would forget it, and before each wait
  // until the system accepts it.
  int Renew() {
    for (; !stale_.empty(); stale_.Pop()) {
      const uint32_t* interest = interests_.Find(stale_.back());
      if (!IsWanted(interest)) {
        set_.Unset(stale_.back());
      } else if (int result = set_.Set(stale_.back(), *interest); result < 0) {
        return result;
      }
    }
    return 0;
  }

  DevpollSet set_;
  // What each descriptor is watched for, as it was written.
  selectors::FdTable<uint32_t> interests_;
  selectors::List<int> stale_;
};

}  // namespace

SELECTORS_BACKEND(Devpoll, "@selectors/devpoll")
