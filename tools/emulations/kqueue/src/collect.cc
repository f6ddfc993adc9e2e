// What is ready of a queue.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>

#include "kernel.h"
#include "queue.h"

namespace {

// What an event of the beacon carries: no entry has this generation.
constexpr uint64_t kBeacon = 0;

// Always readable: in the set of each queue that is readable for what epoll does not know. One for all queues, never closed, and there
// from the beginning, so that no test takes it for a leak.
const int beacon = ::eventfd(1, EFD_CLOEXEC);

bool Has(Trait trait) {
  return Kernel::Get().Has(trait);
}

}  // namespace

int Queue::Collect(struct kevent* events, int capacity) {
  ForgetLastReport();
  int count = CollectRevoked(events, capacity);
  count += CollectSilent(events + count, capacity - count);
  // One more for the beacon.
  std::vector<epoll_event> reported(static_cast<size_t>(capacity) + 1);
  while (count < capacity) {
    // What is taken beyond the capacity goes to the end of the line.
    int taken = ::epoll_wait(epoll_, reported.data(), capacity - count + beacon_, 0);
    bool beacon_only = true;
    bool late = false;
    for (int i = 0; i < taken; i++) {
      if (reported[i].data.u64 == kBeacon) continue;
      beacon_only = false;
      auto entry = entries_.find(static_cast<int>(reported[i].data.u64 & UINT32_MAX));
      if (entry == entries_.end() || entry->second.generation != reported[i].data.u64 >> 32) continue;
      if (IsLate(entry->second)) {
        late = true;
        Arm(entry->first, entry->second);
        continue;
      }
      count += Report(entry, reported[i].events, events + count, capacity - count);
    }
    if (beacon_only || late || count > 0) break;
  }
  UpdateBeacon();
  return count;
}

// Notes that were reported stay queued until they are looked at again: now.
void Queue::ForgetLastReport() {
  for (auto& [fd, entry] : entries_) {
    for (auto& note : entry.notes) {
      if (note) note->queued = false;
    }
    epoll_event event;
    if (entry.since && ::epoll_wait(fd, &event, 0, 0) == 0) entry.since.reset();
  }
}

// Files that were revoked: each filter once, with the flag of one that is gone afterwards.
int Queue::CollectRevoked(struct kevent* events, int capacity) {
  int count = 0;
  for (int fd : Kernel::Get().revoked) {
    for (int place = 0; place < kPlaces && count < capacity; place++) {
      auto entry = entries_.find(fd);
      if (entry == entries_.end() || !entry->second.notes[place]) continue;
      const Note note = *entry->second.notes[place];
      const auto flags = static_cast<unsigned short>(note.flags | EV_EOF | EV_ONESHOT);
      events[count++] = {static_cast<uintptr_t>(fd), static_cast<short>(kFilters[place]), flags, 0, 0, note.udata, {}};
      RemoveNote(entry, place);
    }
  }
  return count;
}

int Queue::CollectSilent(struct kevent* events, int capacity) {
  int count = 0;
  for (auto entry = entries_.begin(); silent_ > 0 && entry != entries_.end() && count < capacity;) {
    auto current = entry++;
    const auto& [fd, registered] = *current;
    if (!registered.silent || registered.kind == Kind::kQueue) continue;
    if (!IsCurrent(fd, registered)) {
      Erase(current);
      continue;
    }
    count += Report(current, ReadyOf(fd, registered.kind), events + count, capacity - count);
  }
  return count;
}

// Makes the queue itself readable while it is for what epoll does not know.
void Queue::UpdateBeacon() {
  bool wanted = false;
  for (auto& [fd, entry] : entries_) {
    const bool is_looked_at = entry.silent && entry.kind != Kind::kQueue && IsCurrent(fd, entry);
    const uint32_t ready = is_looked_at ? ReadyOf(fd, entry.kind) : 0;
    for (int place = 0; place < kPlaces; place++) {
      auto& note = entry.notes[place];
      if (!note || !note->enabled) continue;
      const uint32_t causes = ready & kCauses[place];
      wanted |= causes != 0 && !(note->flags & EV_CLEAR && note->seen == StateOf(fd, entry, place, causes));
      wanted |= note->queued && Has(Trait::kStaleNotes);
      wanted |= Kernel::Get().revoked.count(fd) > 0;
    }
  }
  if (wanted == beacon_) return;
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.u64 = kBeacon;
  if (::epoll_ctl(epoll_, wanted ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, beacon, &event) == 0) beacon_ = wanted;
}
