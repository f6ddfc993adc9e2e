// What a queue tells of one descriptor.
#include <sys/epoll.h>

#include <cerrno>

#include "kernel.h"
#include "queue.h"

namespace {

using Clock = std::chrono::steady_clock;

// How late a queue learns of another one that it watches.
constexpr auto kLate = std::chrono::milliseconds(1);

bool Has(Trait trait) {
  return Kernel::Get().Has(trait);
}

// What the system does not tell.
uint32_t Told(uint32_t ready, Kind kind, int place) {
  if (kind == Kind::kTerminal && Has(Trait::kSilentPty)) return ready & ~(EPOLLRDHUP | kGone);
  // A pipe that is not full was ready before.
  const bool was_full = kind == Kind::kPipe && place == 1 && !(ready & EPOLLOUT);
  return was_full && ready & EPOLLERR && Has(Trait::kWriterNotWoken) ? 0 : ready;
}

}  // namespace

// Whether a queue in this one has been readable for so short a time that this one has not learned of it.
bool Queue::IsLate(Entry& entry) {
  if (entry.kind != Kind::kQueue || !Has(Trait::kLateNesting)) return false;
  if (!entry.since) entry.since = Clock::now();
  return Clock::now() - *entry.since < kLate;
}

// A filter with EV_CLEAR fires by an edge of its own. The set tells edges alone where there is nothing else; beside a filter without
// it, which has the set armed again and again, edges are what has changed.
bool Queue::Fires(int fd, Entry& entry, int place, uint32_t ready) {
  auto& note = entry.notes[place];
  const uint32_t causes = Told(ready, entry.kind, place) & kCauses[place];
  if (!note || !note->enabled || !causes) return false;
  if (!(note->flags & EV_CLEAR) || !(entry.level() || entry.silent)) return true;
  int64_t now = StateOf(fd, entry, place, causes);
  if (now == note->seen) return false;
  note->seen = now;
  return true;
}

int64_t Queue::StateOf(int fd, const Entry& entry, int place, uint32_t causes) {
  return (place == 0 ? ReadableOf(fd, entry.kind) << 32 : 0) | causes;
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
  const bool is_current = registered.silent || (again ? Arm(fd, registered) == 0 : IsInSet(fd));
  if (!is_current) {
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
    const bool is_socket = registered.kind == Kind::kSocket || registered.kind == Kind::kLocalSocket;
    if (place == 1 && is_socket && !(ready & kGone) && HasStoppedSending(fd)) event.flags |= EV_EOF;
    // What SO_ERROR says would be taken from it by asking. Local sockets are not reset.
    if (ready & kCauses[place] & EPOLLERR && registered.kind == Kind::kSocket) event.fflags = ECONNRESET;
    if (place == 2) event.fflags = NOTE_OOB;
    event.data = place == 0 ? ReadableOf(fd, registered.kind) : 0;
    event.udata = note.udata;
    events[count++] = event;
    registered.first = (place + 1) % kPlaces;
    note.queued = !(note.flags & (EV_CLEAR | EV_ONESHOT | EV_DISPATCH));
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
