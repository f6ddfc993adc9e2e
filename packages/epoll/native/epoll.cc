#include <cerrno>
#include <cstdint>

#include "epoll_wait.h"
#include "interest.h"
#include "queued_set.h"
#include "selectors/always_ready.h"
#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/poll_events.h"

namespace {

// epoll(7). The set holds open files, not descriptors: one that is closed while a dup of it lives stays in the set, is
// reported for ever under a number that may belong to other code by then, and can no longer be removed. So each
// registration has a generation, which comes back with its events; an event with a generation that no longer exists is
// dropped, and the set is rebuilt.
class Epoll {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite | selectors::kEventPriority | selectors::kEventHangup |
                                      selectors::kEventError | selectors::kModes;
  // What is closed leaves the set, also during a wait.
  static constexpr bool kHoldsFiles = false;

  int Open() { return set_.Open(); }

  int OpenAny() {
    takes_any_ = true;
    return Open();
  }

  int Fileno() { return set_.OpenQueue(interests_); }

  int Add(int fd, uint32_t events) {
    if (fd == set_.queue() || fd == always_.beacon()) return -EINVAL;
    if (!interests_.Reserve(fd)) return -ENOMEM;
    Interest interest = {events, next_generation_};
    int result = set_.Add(fd, interest);
    if (result < 0) result = AddRefused(fd, interest, result);
    if (result < 0) return result;
    interests_.Insert(fd, interest);
    if (++next_generation_ == Interest::kBeacon) next_generation_ = 0;
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    Interest* interest = interests_.Find(fd);
    Interest changed = {events, interest->generation};
    int result = set_.Modify(fd, changed);
    if (result < 0) result = ModifyRefused(fd, *interest, changed, result);
    if (result == 0) *interest = changed;
    return result;
  }

  int Remove(int fd) {
    interests_.Erase(fd);
    int result = set_.Remove(fd);
    if (result < 0) always_.Remove(fd);
    return result;
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    int count = wait_.For(set_.fd(), timeout, ready.capacity());
    bool stale = false;
    bool always = false;
    for (int i = 0; i < count; i++) {
      int fd = FdOf(wait_[i]);
      uint32_t generation = GenerationOf(wait_[i]);
      Interest* interest = interests_.Find(fd);
      if (interest != nullptr && interest->generation == generation) {
        ready.Push(fd, selectors::ToMask(wait_[i].events, interest->events));
      } else if (interest != nullptr && interest->kernels_generation() == generation) {
        Shoot(fd, *interest, wait_[i].events, ready);
      } else if (generation == Interest::kBeacon) {
        always = true;
      } else {
        stale = true;
      }
    }
    if (always) always_.Report(ready);
    if (!stale) return count < 0 ? count : static_cast<int>(ready.size());
    // If that fails for want of descriptors or memory, what is ready is reported all the same.
    int result = set_.Rebuild(interests_, always_.beacon());
    if (ready.size() > 0) return static_cast<int>(ready.size());
    return result < 0 ? result : -EINTR;
  }

  int Close() {
    set_.Close();
    return 0;
  }

  int Lost() const { return set_.Lost(); }

 private:
  static void Shoot(int fd, Interest& interest, uint32_t revents, selectors::ReadyList& ready) {
    // A hang-up of a one-shot that was already spent when the set was rebuilt.
    if (interest.events & kSpent) return;
    if (ready.Push(fd, selectors::ToMask(revents, interest.events))) interest.events |= kSpent;
  }

  [[gnu::noinline]] int AddRefused(int fd, Interest interest, int refusal) {
    // A stale registration of the same file under this number.
    if (refusal == -EEXIST) return set_.Replace(fd, interest);
    // A file without a poll operation.
    return refusal == -EPERM && takes_any_ ? AddAlways(fd, interest.events) : refusal;
  }

  [[gnu::noinline]] int ModifyRefused(int fd, Interest before, Interest changed, int refusal) {
    if (refusal == -EPERM) return always_.Modify(fd, changed.events);
    if (refusal != -EINVAL) return refusal;
    // EXCLUSIVE can be neither given nor taken away: epoll_ctl(2).
    int result = set_.Remove(fd);
    // The number belongs to another file, which nobody has registered.
    if (result < 0) return result;
    result = set_.Add(fd, changed);
    if (result < 0) (void)set_.Add(fd, before);
    return result;
  }

  int AddAlways(int fd, uint32_t events) {
    const auto is_taken = [this](int number) { return interests_.Find(number) != nullptr; };
    const auto watch = [this](int beacon) { return set_.Add(beacon, {selectors::kEventRead, Interest::kBeacon}); };
    int result = always_.Open(is_taken, watch);
    return result < 0 ? result : always_.Add(fd, events);
  }

  QueuedSet set_;
  selectors::FdTable<Interest> interests_;
  uint32_t next_generation_ = 0;
  EpollWait wait_;
  bool takes_any_ = false;
  selectors::AlwaysReady always_;
};

}  // namespace

SELECTORS_BACKEND(Epoll, "@selectors/epoll")
