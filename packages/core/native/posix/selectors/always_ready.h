#ifndef SELECTORS_ALWAYS_READY_H_
#define SELECTORS_ALWAYS_READY_H_

#include <sys/stat.h>

#include <cerrno>
#include <cstdint>

#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"
#include "selectors/ready_list.h"
#include "selectors/internal/look_at.h"
#include "selectors/internal/open_apart.h"
#include "selectors/internal/wake_fd.h"

namespace selectors {

// Descriptors that a kernel's queue does not report though they are ready for good: what it refuses because it cannot be waited for, which
// poll(2) reports as always ready, and ends that it reports only once. As long as one is to be reported, a beacon in the queue is
// raised, so that any kind of wait for the queue finds it.
class AlwaysReady {
 public:
  // The beacon's descriptor, or -1 if there is no beacon.
  int beacon() const { return beacon_ ? beacon_->get() : -1; }

  // Makes the beacon if there is none, and has `watch(fd)` add it to the queue. `is_taken(fd)` says that a number is still in use
  // there.
  template <class IsTaken, class Watch>
  int Open(IsTaken is_taken, Watch watch) {
    if (beacon_) return 0;
    int result = OpenApart(beacon_, is_taken);
    if (result == 0) result = watch(beacon());
    if (result < 0) beacon_.reset();
    return result;
  }

  // What the queue refuses is ready for reading and for writing.
  int Add(int fd, uint32_t events) {
    struct stat file = {};
    if (::fstat(fd, &file) < 0) return -errno;
    return Insert(fd, {events, kReadWrite, file.st_dev, file.st_ino, true});
  }

  // An end that the queue reports only once. A file that was revoked may not even tell what it is.
  int AddEnd(int fd, uint32_t events) {
    struct stat file = {};
    if (::fstat(fd, &file) < 0 && errno == EBADF) return -EBADF;
    return Insert(fd, {events, kReadWrite | kEventHangup | kEventError, file.st_dev, file.st_ino, true});
  }

  // -ENOENT if it is not among them, or is another file by now.
  int Modify(int fd, uint32_t events) {
    Watched* watched = watched_.Find(fd);
    if (watched == nullptr || !IsCurrent(fd, *watched)) return -ENOENT;
    watched->events = events;
    watched->armed = true;
    Update();
    return 0;
  }

  void Remove(int fd) {
    if (watched_.Find(fd) == nullptr) return;
    watched_.Erase(fd);
    Update();
  }

  // Reports each that is still the same file; the others are dropped, as the queue drops what is closed.
  void Report(ReadyList& ready) {
    watched_.ForEach([&](int fd, Watched& watched) {
      if (!IsCurrent(fd, watched)) {
        watched_.Erase(fd);
        return;
      }
      const uint32_t mask = watched.armed ? watched.events & watched.ready : 0;
      // There is only one edge, the first.
      if (mask != 0 && ready.Push(fd, mask) && watched.events & (kOneShot | kEdgeTriggered)) watched.armed = false;
    });
    Update();
  }

 private:
  struct Watched {
    uint32_t events;
    uint32_t ready;
    dev_t device;
    ino_t inode;
    bool armed;
  };

  int Insert(int fd, const Watched& watched) {
    if (!watched_.Insert(fd, watched)) return -ENOMEM;
    Update();
    return 0;
  }

  static bool IsCurrent(int fd, const Watched& watched) { return IsSameFile(fd, watched.device, watched.inode); }

  void Update() {
    bool wanted = false;
    watched_.ForEach([&](int, Watched& watched) { wanted |= watched.armed && watched.events & watched.ready; });
    if (wanted == raised_) return;
    raised_ = wanted;
    if (wanted) {
      beacon_->Raise();
    } else {
      beacon_->Lower();
    }
  }

  Owned<WakeFd> beacon_;
  bool raised_ = false;
  FdTable<Watched> watched_;
};

}  // namespace selectors

#endif  // SELECTORS_ALWAYS_READY_H_
