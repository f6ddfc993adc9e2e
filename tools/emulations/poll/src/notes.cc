#include "notes.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "files.h"
#include "traits.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr short kReading = POLLIN | POLLPRI | POLLHUP;
// What stands in for a note of EVFILT_READ.
constexpr short kReadNote = POLLIN | POLLPRI | POLLRDHUP;

// A descriptor's notes: what Linux is asked for, or a FIFO that is looked at again and again.
struct Notes {
  explicit Notes(const pollfd& polled) : note{polled.fd, 0, 0} {
    // Without POLLHUP, nothing watches for an end.
    if (polled.events & kReading) note.events |= POLLIN | POLLRDHUP | (polled.events & POLLPRI);
    if (polled.events & POLLOUT) note.events |= POLLOUT;
    if (polled.fd < 0 || note.events == 0) {
      note.fd = -1;
    } else if (!IsOpen(polled.fd) || (kTraits.refuses_devices && HasNoNote(polled.fd))) {
      note.fd = -1;
      invalid = true;
    } else if (kTraits.endless_fifos && IsNamedFifo(polled.fd)) {
      note.fd = -1;
      fifo = polled.fd;
    }
  }

  short Fired() {
    if (fifo < 0) return note.revents;
    int bytes = 0;
    ::ioctl(fifo, FIONREAD, &bytes);
    pollfd room = {fifo, POLLOUT, 0};
    ::poll(&room, 1, 0);
    return static_cast<short>((bytes > 0 ? POLLIN : 0) | (room.revents & POLLOUT)) & note.events;
  }

  // Spends the notes that have fired: what they say of what is asked for, which may be nothing.
  short Collect(short asked) {
    const short fired = Fired();
    if (fired & POLLNVAL) {
      // The descriptor was closed in the meantime, and its notes are gone.
      note = {-1, 0, 0};
      return 0;
    }
    const bool reads = note.events & kReadNote;
    const bool ends = fired & (POLLHUP | POLLERR | (reads ? POLLRDHUP : 0));
    short revents = ends ? POLLHUP : 0;
    if (reads) revents |= asked & (ends ? POLLIN | POLLPRI : fired & (POLLIN | POLLPRI));
    if (!ends) revents |= asked & fired & POLLOUT;
    if (fired & (POLLIN | POLLPRI)) note.events &= ~kReadNote;
    if (note.events == 0) note.fd = fifo = -1;
    return revents;
  }

  pollfd note;
  int fifo = -1;
  bool invalid = false;
};

class Deadline {
 public:
  explicit Deadline(int timeout) : never_(timeout < 0), end_(Clock::now() + std::chrono::milliseconds(timeout)) {}

  // In milliseconds, at most `longest`, which may be -1 for ever.
  int Left(int longest) const {
    if (never_) return longest;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end_ - Clock::now()).count();
    const int wait = static_cast<int>(std::max<long>(left, 0));
    return longest < 0 ? wait : std::min(wait, longest);
  }
  bool HasPassed() const { return !never_ && Clock::now() >= end_; }

 private:
  bool never_;
  Clock::time_point end_;
};

}  // namespace

int PollNotes(pollfd* polled, nfds_t count, int timeout) {
  std::vector<Notes> notes(polled, polled + count);
  const auto invalid = std::count_if(notes.begin(), notes.end(), [](const Notes& one) { return one.invalid; });
  for (nfds_t i = 0; i < count; i++) polled[i].revents = notes[i].invalid ? POLLNVAL : 0;
  if (count > 0 && invalid == static_cast<long>(count)) return static_cast<int>(count);
  const bool looks_again = std::any_of(notes.begin(), notes.end(), [](const Notes& one) { return one.fifo >= 0; });
  const Deadline deadline(invalid > 0 ? 0 : timeout);
  for (;;) {
    std::vector<pollfd> ready;
    for (const Notes& one : notes) ready.push_back(one.note);
    if (::poll(ready.data(), count, deadline.Left(looks_again ? 1 : -1)) < 0) return -1;
    int found = 0;
    for (nfds_t i = 0; i < count; i++) {
      notes[i].note.revents = ready[i].revents;
      if (!notes[i].invalid) polled[i].revents = notes[i].Collect(polled[i].events);
      found += polled[i].revents != 0;
    }
    if (found > 0 || deadline.HasPassed()) return found;
  }
}
