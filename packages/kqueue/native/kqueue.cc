#include <sys/types.h>
#include <sys/event.h>

#include <cerrno>
#include <cstdint>

#include "file.h"
#include "filters.h"
#include "found.h"
#include "interest.h"
#include "nesting.h"
#include "selectors/always_ready.h"
#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "system.h"

namespace {

// kqueue(2). Reading and writing are two filters, each registered, reported and refused on its own; a descriptor's are
// merged into one pair. EV_EOF adds nothing unless it is asked for: a filter that fires is its event, see Lib/selectors.py.
class Kqueue {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite | kUrgent | selectors::kEventHangup |
                                      selectors::kEventError | selectors::kEdgeTriggered | selectors::kOneShot;
  // What is closed leaves the set, also during a wait.
  static constexpr bool kHoldsFiles = false;

  int Open() {
    int result = filters_.Open();
    if (result == 0) nesting_.Join(filters_.fd());
    return result;
  }

  int OpenAny() {
    takes_any_ = true;
    return Open();
  }

  int Fileno() const { return filters_.fd(); }

  int Add(int fd, uint32_t events) {
    if (fd == always_.beacon()) return -EINVAL;
    if (!interests_.Reserve(fd)) return -ENOMEM;
    const File file = FileOf(fd, system_);
    Interest interest = Interest::For(events, {false, TellsByReading(file)});
    int result = RefusalOf(fd, file);
    if (result == 0) result = AddFilters(fd, file, interest);
    if (result < 0) nesting_.Unwatch(fd);
    if (result < 0 && takes_any_ && IsAlwaysReady(fd, file)) result = AddAlways(fd, events);
    if (result == 0) interests_.Insert(fd, interest);
    return result;
  }

  int Modify(int fd, uint32_t events) {
    Interest* interest = interests_.Find(fd);
    const Interest changed = Interest::For(events, WatchNow(fd, interest->watch));
    int result = always_.Modify(fd, events);
    if (result == -ENOENT) result = changed.Replace(*interest, filters_, fd);
    if (result == 0) *interest = changed;
    return result;
  }

  // Deletes all filters, whatever a Modify that failed has left of them.
  int Remove(int fd) {
    interests_.Erase(fd);
    always_.Remove(fd);
    nesting_.Unwatch(fd);
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
        if (interest->IsOverBy(filters_[i])) KeepEnd(fd, *interest);
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
    nesting_.Leave();
    filters_.Close();
    return 0;
  }

 private:
  // What this backend refuses before the system does, or in its place.
  int RefusalOf(int fd, File file) {
    if (file == File::kQueue) return nesting_.Watch(fd);
    if (file == File::kNamedFifo) return -EINVAL;
    return file == File::kRegular && takes_any_ ? -EINVAL : 0;
  }

  int AddFilters(int fd, File file, Interest& interest) {
    int result = interest.AddTo(filters_, fd);
    if (result == -EINVAL && file == File::kDevice && system_.devices_by_watermark > 0) {
      interest.watch.by_watermark = true;
      result = interest.AddTo(filters_, fd);
    }
    // The refused ones too: macOS 10.10 and 10.11 return EPIPE for a pipe whose other end is gone, and report it all the same.
    if (result < 0) filters_.Delete(fd, interest.filters);
    return result;
  }

  bool TellsByReading(File file) const { return file == File::kPipe && system_.tells_writers_by_reading; }

  // The number may be another file's by now: a socket's, whose own watermark this would be.
  Watch WatchNow(int fd, Watch before) const {
    if (!before.by_watermark && !system_.tells_writers_by_reading) return before;
    const File file = FileOf(fd, system_);
    return {before.by_watermark && file == File::kDevice, TellsByReading(file)};
  }

  int AddAlways(int fd, uint32_t events) {
    int result = OpenBeacon();
    return result < 0 ? result : always_.Add(fd, events);
  }

  int OpenBeacon() {
    const auto is_taken = [this](int number) { return interests_.Find(number) != nullptr; };
    const auto watch = [this](int beacon) { return filters_.Add(beacon, selectors::kEventRead, 0, {}); };
    return always_.Open(is_taken, watch);
  }

  // The end of a revoked file is told once, but lasts. Without memory or descriptors to keep it, once has to do.
  void KeepEnd(int fd, Interest& interest) {
    interest.Spend(filters_, fd);
    if (OpenBeacon() == 0) (void)always_.AddEnd(fd, interest.events);
  }

  const System system_ = System::This();
  Filters filters_;
  Nesting nesting_;
  selectors::FdTable<Interest> interests_;
  Found found_;
  bool takes_any_ = false;
  selectors::AlwaysReady always_;
};

}  // namespace

SELECTORS_BACKEND(Kqueue, "@selectors/kqueue")
