// What is ready of a queue.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

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

// Writes the events of one descriptor, at most two.
int Queue::Report(Entries::iterator entry, uint32_t ready, struct kevent* events, int capacity) {
  auto& [fd, registered] = *entry;
  // Also in the direction that a pipe's end does not have: macOS and the BSDs let that filter fire once the other end is gone.
  const uint32_t gone = EPOLLHUP | EPOLLERR;
  const uint32_t causes[2] = {EPOLLIN | EPOLLRDHUP | gone, EPOLLOUT | gone};
  const uint32_t ends[2] = {EPOLLRDHUP | EPOLLHUP, gone};
  bool fires[2];
  for (int place : {0, 1}) {
    const auto& note = registered.notes[place];
    fires[place] = note && note->enabled && ready & causes[place];
  }
  // Not armed again, so that a hang-up that nobody waits for is not reported without end.
  if (!fires[0] && !fires[1]) return 0;
  if (Arm(fd, registered) != 0) {
    Erase(entry);
    return 0;
  }
  int count = 0;
  int first = registered.first;
  for (int place : {first, 1 - first}) {
    if (!fires[place] || count == capacity) continue;
    Note& note = *registered.notes[place];
    struct kevent event = {};
    event.ident = static_cast<uintptr_t>(fd);
    event.filter = static_cast<short>(kFilters[place]);
    event.flags = note.flags;
    if (ready & causes[place] & ends[place]) event.flags |= EV_EOF;
    event.data = place == 0 ? Readable(fd) : 0;
    event.udata = note.udata;
    events[count++] = event;
    registered.first = 1 - place;
    if (note.flags & EV_DISPATCH) {
      note.enabled = false;
      Arm(fd, registered);
    }
    if (note.flags & EV_ONESHOT) {
      bool last = !registered.notes[1 - place];
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
    if (!note.enabled || left == 0) continue;
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
