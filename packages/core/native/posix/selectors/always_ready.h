#ifndef SELECTORS_ALWAYS_READY_H_
#define SELECTORS_ALWAYS_READY_H_

#include <sys/stat.h>

#include <cerrno>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "selectors/events.h"
#include "selectors/ready_list.h"
#include "selectors/wake_fd.h"

namespace selectors {

// Descriptors that a kernel's queue refuses because they have no way to wait: poll(2) calls them ready, always. As long as one is to be
// reported, a beacon in the queue is raised, so that whoever waits for the queue, in whatever way, finds it.
class AlwaysReady {
 public:
  // The beacon's descriptor, or -1 where there is none.
  int beacon() const { return beacon_ ? beacon_->get() : -1; }

  // Makes the beacon, to be added to the queue by the caller. `is_taken(fd)` says that a number is another's in there: one that
  // was closed while it was watched, and will be removed by it.
  template <class IsTaken>
  int Open(IsTaken is_taken) {
    std::vector<std::unique_ptr<WakeFd>> held;
    auto beacon = std::make_unique<WakeFd>();
    int result = beacon->Open();
    while (result == 0 && is_taken(beacon->get())) {
      held.push_back(std::exchange(beacon, std::make_unique<WakeFd>()));
      result = beacon->Open();
    }
    if (result == 0) beacon_ = std::move(beacon);
    return result;
  }

  void Close() { beacon_.reset(); }

  int Add(int fd, uint32_t events) {
    struct stat file = {};
    if (::fstat(fd, &file) < 0) return -errno;
    watched_.insert_or_assign(fd, Watched{events, file.st_dev, file.st_ino, true});
    Update();
    return 0;
  }

  // -ENOENT where it is not among them, or is another file by now.
  int Modify(int fd, uint32_t events) {
    auto place = watched_.find(fd);
    if (place == watched_.end() || !IsCurrent(fd, place->second)) return -ENOENT;
    place->second.events = events;
    place->second.armed = true;
    Update();
    return 0;
  }

  void Remove(int fd) {
    if (watched_.erase(fd) != 0) Update();
  }

  // Reports each that is still the file that it was; the others are forgotten, as the queue forgets what is closed.
  void Report(ReadyList& ready) {
    for (auto place = watched_.begin(); place != watched_.end();) {
      auto& [fd, watched] = *place;
      if (!IsCurrent(fd, watched)) {
        place = watched_.erase(place);
        continue;
      }
      const uint32_t mask = watched.armed ? watched.events & kReadWrite : 0;
      // There is no edge but the first.
      if (mask != 0 && ready.Push(fd, mask) && watched.events & (kOneShot | kEdgeTriggered)) watched.armed = false;
      ++place;
    }
    Update();
  }

 private:
  struct Watched {
    uint32_t events;
    dev_t device;
    ino_t inode;
    bool armed;
  };

  static bool IsCurrent(int fd, const Watched& watched) {
    struct stat file = {};
    return ::fstat(fd, &file) == 0 && file.st_dev == watched.device && file.st_ino == watched.inode;
  }

  void Update() {
    bool wanted = false;
    for (auto& [fd, watched] : watched_) wanted |= watched.armed && watched.events & kReadWrite;
    if (wanted == raised_) return;
    raised_ = wanted;
    if (wanted) {
      beacon_->Raise();
    } else {
      beacon_->Lower();
    }
  }

  std::unique_ptr<WakeFd> beacon_;
  bool raised_ = false;
  std::map<int, Watched> watched_;
};

}  // namespace selectors

#endif  // SELECTORS_ALWAYS_READY_H_
