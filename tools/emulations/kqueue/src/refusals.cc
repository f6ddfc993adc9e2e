// What the systems refuse.
#include <cerrno>

#include "kernel.h"
#include "queue.h"

namespace {

constexpr unsigned int kFlags =
    EV_ADD | EV_DELETE | EV_ENABLE | EV_DISABLE | EV_ONESHOT | EV_CLEAR | EV_RECEIPT | EV_DISPATCH;

bool Both(unsigned int flags, unsigned int pair) {
  return (flags & pair) == pair;
}

}  // namespace

bool Queue::IsKnown(const struct kevent& change, int place) {
  if (change.filter != kFilters[place] || change.flags & ~kFlags) return false;
  if (Both(change.flags, EV_ENABLE | EV_DISABLE) || Both(change.flags, EV_ADD | EV_DELETE)) return false;
  // A deletion need not say what was waited for.
  if (!(change.flags & EV_ADD)) return true;
  if (place == 2) return Kernel::Get().Has(Trait::kUrgentData) && change.fflags == NOTE_OOB;
  return change.fflags == 0 || change.fflags == NOTE_LOWAT;
}

// Why the system does not take a file for a filter; 0 if it does.
int Queue::RefusalOf(int fd, const File& file, int filter, const struct kevent& change) {
  const bool writes = filter == EVFILT_WRITE;
  switch (file.kind) {
    case Kind::kDirectory: return Kernel::Get().Has(Trait::kNoDirectories) ? EINVAL : 0;
    case Kind::kDevice:
      if (Kernel::Get().Has(Trait::kDevicesByWatermark))
        return change.fflags == NOTE_LOWAT && change.data == 1 ? 0 : EINVAL;
      return Kernel::Get().Has(Trait::kDevicesUnknown) ? ENODEV : 0;
    case Kind::kPipe:
      if (!writes || !IsBroken(fd)) return 0;
      return Kernel::Get().Has(Trait::kBrokenPipe) ? EPIPE : Kernel::Get().Has(Trait::kBrokenPipeIsBad) ? EBADF : 0;
    case Kind::kQueue:
      if (!writes) return 0;
      return Kernel::Get().Has(Trait::kQueueForWritingForbidden)     ? EPERM
             : Kernel::Get().Has(Trait::kQueueForWritingUnsupported) ? EOPNOTSUPP
                                                                     : EINVAL;
    case Kind::kSocket:
    case Kind::kLocalSocket:
      // Kernels take it, and change the socket's own watermark by it, for all that use it.
      return change.fflags == NOTE_LOWAT ? EINVAL : 0;
    default: return 0;
  }
}

// Whether the system lets another queue, or this one, be watched in this one.
int Queue::Nest(int fd) {
  constexpr int kDeepest = 10;
  std::shared_ptr<Queue> inner = Kernel::Get().Find(fd);
  if (inner == nullptr) return 0;
  if (inner.get() == this) return Kernel::Get().Has(Trait::kTakesItself) ? 0 : EINVAL;
  if (!Kernel::Get().Has(Trait::kLevels)) return 0;
  if (level_ > 0 && level_ < inner->level_) return EINVAL;
  if (inner->level_ + 1 > kDeepest) return EINVAL;
  level_ = std::max(level_ == 0 ? 2 : level_, inner->level_ + 1);
  inner->level_ = std::max(inner->level_, 1);
  return 0;
}
