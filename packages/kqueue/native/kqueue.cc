#include <sys/types.h>
#include <sys/event.h>
#include <poll.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdint>

#include "filters.h"
#include "found.h"
#include "interest.h"
#include "selectors/always_ready.h"
#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"

namespace {

// kqueue(2). Reading and writing are two filters, each registered, reported and refused on its own; a descriptor's are
// merged into one pair. EV_EOF adds nothing unless it is asked for: a filter that fires is its event, see Lib/selectors.py.
class Kqueue {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite | kUrgent | selectors::kEventHangup |
                                      selectors::kEventError | selectors::kEdgeTriggered | selectors::kOneShot;

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
    int result = takes_any_ && IsFile(fd) ? -EINVAL : interest.AddTo(filters_, fd);
    // The refused ones too: macOS 10.10 and 10.11 return EPIPE for a pipe whose other end is gone, and report it all the same.
    if (result < 0) filters_.Delete(fd, interest.filters);
    if (result < 0 && takes_any_ && IsAlwaysReady(fd)) result = AddAlways(fd, events);
    if (result == 0) interests_.Insert(fd, interest);
    return result;
  }

  int Modify(int fd, uint32_t events) {
    Interest* interest = interests_.Find(fd);
    const Interest changed = Interest::For(events);
    int result = takes_any_ ? always_.Modify(fd, events) : -ENOENT;
    if (result == -ENOENT) result = changed.Replace(*interest, filters_, fd);
    if (result == 0) *interest = changed;
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
    if (!found_.ReserveMore(Filters::kMost * ready.capacity())) return -ENOMEM;
    int count = filters_.Wait(timeout, ready.capacity());
    if (count < 0) return count;
    bool always = false;
    for (int i = 0; i < count; i++) {
      int fd = static_cast<int>(filters_[i].ident);
      uint32_t filter = Filters::FilterOf(filters_[i]);
      Interest* interest = interests_.Find(fd);
      if (interest != nullptr && interest->filters & filter) {
        found_.Collect(fd, *interest, filters_[i], filters_);
      } else if (fd == always_.beacon()) {
        always = true;
      } else {
        // Left behind by a deletion that the system refused.
        filters_.Delete(fd, filter);
      }
    }
    found_.Report(ready, interests_, filters_);
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

  int AddAlways(int fd, uint32_t events) {
    const auto is_taken = [this](int number) { return interests_.Find(number) != nullptr; };
    const auto watch = [this](int beacon) { return filters_.Add(beacon, selectors::kEventRead, 0); };
    int result = always_.Open(is_taken, watch);
    return result < 0 ? result : always_.Add(fd, events);
  }

  Filters filters_;
  selectors::FdTable<Interest> interests_;
  Found found_;
  bool takes_any_ = false;
  selectors::AlwaysReady always_;
};

}  // namespace

SELECTORS_BACKEND(Kqueue, "@selectors/kqueue")
