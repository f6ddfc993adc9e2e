#include <sys/types.h>
#include <sys/event.h>
#include <poll.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "filters.h"
#include "interest.h"
#include "selectors/always_ready.h"
#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"

using selectors::kEdgeTriggered;
using selectors::kEventRead;
using selectors::kOneShot;
using selectors::kReadWrite;

namespace {

// kqueue(2). Reading and writing are two filters, each registered, reported and refused on its own; a descriptor's are
// merged into one pair. EV_EOF adds nothing unless it is asked for: a filter that fires is its event, see Lib/selectors.py.
class Kqueue {
 public:
  static constexpr uint32_t kEvents =
      kReadWrite | kUrgent | selectors::kEventHangup | selectors::kEventError | kEdgeTriggered | kOneShot;

  int Open() { return filters_.Open(); }

  int OpenAny() {
    takes_any_ = true;
    return Open();
  }

  int Fileno() const { return filters_.fd(); }

  int Add(int fd, uint32_t events) {
    // FreeBSD itself returns EINVAL; NetBSD's kqueue(2) does not say what it does.
    if (fd == filters_.fd() || fd == always_.beacon()) return -EINVAL;
    if (!interests_.Reserve(fd)) return -ENOMEM;
    const Interest interest = Interest::For(events);
    int result = takes_any_ && IsFile(fd) ? -EINVAL : AddFilters(fd, events);
    // The refused ones too: macOS 10.10 and 10.11 return EPIPE for a pipe whose other end is gone, and report it all the same.
    if (result < 0) filters_.Delete(fd, interest.filters);
    if (result < 0 && takes_any_ && IsAlwaysReady(fd)) result = AddAlways(fd, events);
    if (result == 0) interests_.Insert(fd, interest);
    return result;
  }

  int Modify(int fd, uint32_t events) {
    Interest* interest = interests_.Find(fd);
    int result = takes_any_ ? always_.Modify(fd, events) : -ENOENT;
    if (result == -ENOENT) result = ModifyFilters(fd, interest->events, events);
    if (result == 0) *interest = Interest::For(events);
    return result;
  }

  // Deletes all filters, whatever a Modify that failed has left of them.
  int Remove(int fd) {
    interests_.Erase(fd);
    if (takes_any_) always_.Remove(fd);
    return filters_.Delete(fd, Filters::kAll);
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    // Something is left of the last registration.
    if (!found_.empty()) timeout = selectors::Nanoseconds::zero();
    if (!found_.Reserve(found_.size() + Filters::kMost * ready.capacity())) return -ENOMEM;
    int count = filters_.Wait(timeout, ready.capacity());
    if (count < 0) return count;
    bool always = false;
    for (int i = 0; i < count; i++) {
      int fd = static_cast<int>(filters_[i].ident);
      uint32_t filter = Filters::FilterOf(filters_[i]);
      Interest* interest = interests_.Find(fd);
      if (interest != nullptr && interest->filters & filter) {
        Collect(fd, *interest, filters_[i], filter);
      } else if (fd == always_.beacon()) {
        always = true;
      } else {
        // Left behind by a deletion that the system refused.
        filters_.Delete(fd, filter);
      }
    }
    Report(ready);
    if (always) always_.Report(ready);
    return static_cast<int>(ready.size());
  }

  int Close() {
    filters_.Close();
    return 0;
  }

 private:
  static bool IsFile(int fd) {
    struct stat file = {};
    return ::fstat(fd, &file) == 0 && (S_ISREG(file.st_mode) || S_ISDIR(file.st_mode));
  }

  // What a queue refuses and poll(2) reports as ready at once. On macOS poll(2) reports devices as invalid.
  static bool IsAlwaysReady(int fd) {
    pollfd polled = {fd, POLLIN | POLLOUT, 0};
    return ::poll(&polled, 1, 0) == 1 && polled.revents == (POLLIN | POLLOUT);
  }

  int AddFilters(int fd, uint32_t events) {
    if (events <= kReadWrite) return filters_.Add(fd, events, 0);
    const unsigned int flags = (events & kEdgeTriggered ? EV_CLEAR : 0) | (events & kOneShot ? EV_ONESHOT : 0);
    int result = filters_.Add(fd, events & Filters::kAll, flags);
    return result == 0 && Interest::IsOnLookout(events) ? filters_.Add(fd, kEventRead, EV_CLEAR) : result;
  }

  int ModifyFilters(int fd, uint32_t before, uint32_t events) {
    if ((before | events) <= kReadWrite) return filters_.Apply(fd, events, kReadWrite & ~events, 0);
    // Systems differ in what happens to the flags of a filter that is added again.
    int result = filters_.Delete(fd, Filters::kAll);
    return result < 0 ? result : AddFilters(fd, events);
  }

  int AddAlways(int fd, uint32_t events) {
    if (always_.beacon() < 0) {
      int result = always_.Open([&](int number) { return interests_.Find(number) != nullptr; });
      if (result == 0) result = filters_.Add(always_.beacon(), kEventRead, 0);
      if (result < 0) {
        always_.Close();
        return result;
      }
    }
    return always_.Add(fd, events);
  }

  void Collect(int fd, Interest& interest, const struct kevent& event, uint32_t filter) {
    const bool is_plain = interest.events <= kReadWrite;
    const uint32_t found = is_plain ? filter : interest.FoundBy(event, filter);
    if (found == 0) return;
    // There is room for it.
    if (interest.ready == 0) (void)found_.Push(fd);
    interest.ready |= found;
    // An end lasts, and has to be reported as long as it does: from now on not edge-triggered.
    if (!is_plain && event.flags & EV_CLEAR && !(interest.events & kEdgeTriggered)) {
      filters_.Delete(fd, filter);
      filters_.Add(fd, filter, 0);
    }
  }

  // What there is no room for would be found again, except edges and shots: they are kept for the next Wait.
  void Report(selectors::ReadyList& ready) {
    size_t left = 0;
    for (int fd : found_) {
      Interest* interest = interests_.Find(fd);
      if (interest == nullptr || interest->ready == 0) continue;
      if (!ready.Push(fd, interest->ready) && interest->events & (kEdgeTriggered | kOneShot)) {
        found_[left++] = fd;
        continue;
      }
      interest->ready = 0;
      if (interest->events & kOneShot) Spend(fd, *interest);
    }
    (void)found_.Resize(left);
  }

  // Deletes the others until Modify() adds them again: only the filter that has fired is gone by itself.
  void Spend(int fd, Interest& interest) {
    filters_.Delete(fd, interest.filters);
    interest.filters = 0;
  }

  Filters filters_;
  selectors::FdTable<Interest> interests_;
  // The descriptors that the current Wait has found ready.
  selectors::List<int> found_;
  bool takes_any_ = false;
  selectors::AlwaysReady always_;
};

}  // namespace

SELECTORS_BACKEND(Kqueue, "@selectors/kqueue")
