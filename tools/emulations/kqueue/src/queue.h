#ifndef KQUEUE_EMULATION_QUEUE_H_
#define KQUEUE_EMULATION_QUEUE_H_

#include <sys/epoll.h>
#include <sys/event.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "file.h"

// By the place of their notes.
constexpr int kPlaces = 3;
constexpr int kFilters[kPlaces] = {EVFILT_READ, EVFILT_WRITE, EVFILT_EXCEPT};

// Also in the direction that a pipe's end does not have: macOS and the BSDs let that filter fire once the other end is gone.
constexpr uint32_t kGone = EPOLLHUP | EPOLLERR;
constexpr uint32_t kCauses[kPlaces] = {EPOLLIN | EPOLLRDHUP | kGone, EPOLLOUT | kGone, EPOLLPRI};
constexpr uint32_t kEnds[kPlaces] = {EPOLLRDHUP | kGone, kGone, 0};

// One kqueue, over the epoll set whose descriptor it has; so that it can be polled, and is closed with it.
//
// Entries of the set are edge-triggered, and armed again whenever they are reported. So a file that was closed under its
// number while a duplicate lives, which an epoll set cannot be rid of, is reported once at most and dropped here; arming
// is also what shows that a number belongs to another file by then, since epoll knows its entries by both.
class Queue {
 public:
  explicit Queue(int epoll) : epoll_(epoll) {}

  // The descriptor is open, and a queue's.
  static bool IsQueue(int fd);

  // It is another descriptor of this queue.
  bool IsSame(int fd) const;

  // Makes one change; returns 0, or the error that it is refused with, positive.
  int Change(const struct kevent& change);

  // Takes what is ready, without waiting; returns how many events.
  int Collect(struct kevent* events, int capacity);

  // Something is watched that wakes nothing, so it has to be looked at again and again.
  bool silent() const { return silent_ > 0; }

  // Makes the queue readable if a file of its is revoked.
  void Revoke() { UpdateBeacon(); }

  // The registered filters as pairs of a descriptor and EVFILT_*.
  std::vector<std::pair<int, int>> Registered();

 private:
  struct Note {
    unsigned short flags;
    bool enabled;
    void* udata;
    // With EV_CLEAR, along with others without it: its value when it was reported.
    int64_t seen;
    // It has been reported and stays queued, as long as nobody has asked again.
    bool queued;
  };

  // What is registered for one descriptor.
  struct Entry {
    uint32_t generation;
    Kind kind;
    // Tells files apart that are in no epoll set.
    dev_t device;
    ino_t inode;
    bool silent;
    std::optional<Note> notes[kPlaces];
    // Whose turn it is in an event list that is too short for all.
    int first;
    // Since when a queue in it has been readable.
    std::optional<std::chrono::steady_clock::time_point> since;

    bool empty() const { return !notes[0] && !notes[1] && !notes[2]; }
    // Something has to be reported for as long as it is so.
    bool level() const {
      for (auto& note : notes) {
        if (note && note->enabled && !(note->flags & EV_CLEAR)) return true;
      }
      return false;
    }
  };

  using Entries = std::map<int, Entry>;

  static bool IsKnown(const struct kevent& change, int place);
  static int RefusalOf(int fd, const File& file, int filter, const struct kevent& change);

  int ChangeTimer(const struct kevent& change);
  int Add(int fd, const File& file, int place, const struct kevent& change);
  int Nest(int fd);
  int Insert(int fd, Entry& entry);
  int Arm(int fd, const Entry& entry);
  bool IsInSet(int fd);
  bool Fires(int fd, Entry& entry, int place, uint32_t ready);
  static int64_t StateOf(int fd, const Entry& entry, int place, uint32_t causes);
  bool IsLate(Entry& entry);
  bool IsCurrent(int fd, const Entry& entry);
  void Erase(Entries::iterator entry);
  void RemoveNote(Entries::iterator entry, int place);
  int Report(Entries::iterator entry, uint32_t ready, struct kevent* events, int capacity);
  void ForgetLastReport();
  int CollectRevoked(struct kevent* events, int capacity);
  int CollectSilent(struct kevent* events, int capacity);
  void UpdateBeacon();

  int epoll_;
  Entries entries_;
  // Of timers there are disabled ones only.
  std::set<uintptr_t> timers_;
  uint32_t next_generation_ = 1;
  int silent_ = 0;
  bool beacon_ = false;
  // XNU's kq_level.
  int level_ = 0;
};

#endif  // KQUEUE_EMULATION_QUEUE_H_
