// What is ready of a queue.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

#include "queue.h"

namespace {

// What an event of the beacon carries: no entry has this generation.
constexpr uint64_t kBeacon = 0;

// Always readable: in the set of each queue on which a regular file is ready, which epoll itself refuses. One for all queues,
// never closed.
int Beacon() {
  static const int beacon = ::eventfd(1, EFD_CLOEXEC);
  return beacon;
}

// From where the next read starts to the end of the file, as kqueue(2) says; negative beyond the end.
int64_t LeftOf(int fd) {
  struct stat status = {};
  if (::fstat(fd, &status) < 0) return 0;
  return status.st_size - ::lseek(fd, 0, SEEK_CUR);
}

int64_t Readable(int fd) {
  int bytes = 0;
  return ::ioctl(fd, FIONREAD, &bytes) < 0 ? 0 : bytes;
}

}  // namespace

int Queue::Collect(struct kevent* events, int capacity) {
  int count = CollectRegular(events, capacity);
  // One more for the beacon.
  std::vector<epoll_event> reported(static_cast<size_t>(capacity) + 1);
  while (count < capacity) {
    // What is taken beyond the capacity goes to the end of the line.
    int taken = ::epoll_wait(epoll_, reported.data(), capacity - count + beacon_, 0);
    bool beacon_only = true;
    for (int i = 0; i < taken; i++) {
      if (reported[i].data.u64 == kBeacon) continue;
      beacon_only = false;
      auto entry = entries_.find(static_cast<int>(reported[i].data.u64 & UINT32_MAX));
      if (entry == entries_.end() || entry->second.generation != reported[i].data.u64 >> 32) continue;
      count += Report(entry, reported[i].events, events + count, capacity - count);
    }
    if (beacon_only || count > 0) break;
  }
  return count;
}

// Also in the direction that a pipe's end does not have: macOS and the BSDs let that filter fire once the other end is gone.
constexpr uint32_t kGone = EPOLLHUP | EPOLLERR;
constexpr uint32_t kCauses[kPlaces] = {EPOLLIN | EPOLLRDHUP | kGone, EPOLLOUT | kGone, EPOLLPRI};
constexpr uint32_t kEnds[kPlaces] = {EPOLLRDHUP | kGone, kGone, 0};

// A filter with EV_CLEAR fires by an edge of its own. The set tells edges alone where there is nothing else; beside a filter without
// it, which has the set armed again and again, edges are what has changed.
bool Queue::Fires(int fd, Entry& entry, int place, uint32_t ready) {
  auto& note = entry.notes[place];
  if (!note || !note->enabled || !(ready & kCauses[place])) return false;
  if (!(note->flags & EV_CLEAR) || !entry.level()) return true;
  int64_t now = (place == 0 ? Readable(fd) << 32 : 0) | (ready & kCauses[place]);
  if (now == note->seen) return false;
  note->seen = now;
  return true;
}

// Writes the events of one descriptor, at most one for each filter.
int Queue::Report(Entries::iterator entry, uint32_t ready, struct kevent* events, int capacity) {
  auto& [fd, registered] = *entry;
  int fires[kPlaces];
  int firing = 0;
  for (int turn = 0; turn < kPlaces; turn++) {
    int place = (registered.first + turn) % kPlaces;
    if (Fires(fd, registered, place, ready)) fires[firing++] = place;
  }
  // Not armed again, so that a hang-up that nobody waits for is not reported without end.
  if (firing == 0) return 0;
  const bool again = registered.level() || firing > capacity;
  if (again ? Arm(fd, registered) != 0 : !IsInSet(fd)) {
    Erase(entry);
    return 0;
  }
  int count = 0;
  for (int turn = 0; turn < firing && count < capacity; turn++) {
    int place = fires[turn];
    Note& note = *registered.notes[place];
    struct kevent event = {};
    event.ident = static_cast<uintptr_t>(fd);
    event.filter = static_cast<short>(kFilters[place]);
    event.flags = note.flags;
    if (ready & kCauses[place] & kEnds[place]) event.flags |= EV_EOF;
    // What SO_ERROR says would be taken from it by asking.
    if (ready & kCauses[place] & EPOLLERR && registered.kind == kSocket) event.fflags = ECONNRESET;
    if (place == 2) event.fflags = NOTE_OOB;
    event.data = place == 0 ? Readable(fd) : 0;
    event.udata = note.udata;
    events[count++] = event;
    registered.first = (place + 1) % kPlaces;
    if (note.flags & EV_DISPATCH) {
      note.enabled = false;
      Arm(fd, registered);
    }
    if (note.flags & EV_ONESHOT) {
      registered.notes[place].reset();
      bool last = registered.empty();
      RemoveNote(entry, place);
      if (last) break;
    }
  }
  return count;
}

int Queue::CollectRegular(struct kevent* events, int capacity) {
  int count = 0;
  for (auto entry = entries_.begin(); regular_files_ > 0 && entry != entries_.end() && count < capacity;) {
    auto current = entry++;
    auto& [fd, registered] = *current;
    if (registered.kind != kRegular) continue;
    if (!IsCurrent(fd, registered)) {
      Erase(current);
      continue;
    }
    Note& note = *registered.notes[0];
    int64_t left = LeftOf(fd);
    if (!note.enabled || left == 0 || (note.flags & EV_CLEAR && note.seen == left)) continue;
    note.seen = left;
    events[count++] = {static_cast<uintptr_t>(fd), EVFILT_READ, note.flags, 0, left, note.udata, {}};
    if (note.flags & EV_DISPATCH) note.enabled = false;
    if (note.flags & EV_ONESHOT) RemoveNote(current, 0);
  }
  UpdateBeacon();
  return count;
}

// Makes the queue itself readable while a regular file is ready.
void Queue::UpdateBeacon() {
  bool wanted = false;
  if (regular_files_ > 0) {
    for (auto& [fd, entry] : entries_) {
      wanted |= entry.kind == kRegular && entry.notes[0]->enabled && IsCurrent(fd, entry) && LeftOf(fd) != 0;
    }
  }
  if (wanted == beacon_) return;
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.u64 = kBeacon;
  if (::epoll_ctl(epoll_, wanted ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, Beacon(), &event) == 0) beacon_ = wanted;
}
