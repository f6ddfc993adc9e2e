#include <winsock2.h>

#include <cerrno>
#include <cstdint>

#include "afd/base_handle.h"
#include "afd/operations.h"
#include "afd/poll.h"
#include "afd/watched.h"
#include "selectors/binding.h"
#include "selectors/events.h"
#include "selectors/fd_table.h"
#include "selectors/memory.h"
#include "selectors/winsock.h"

using State = Watched::State;

namespace {

// AFD, the driver of Windows's sockets, and a completion port. A poll completes once. So what was reported is polled again, but not
// before the next wait: until then it would be found ready for what the caller is about to read. What completes before a wait is
// polled again too, because it may have been read since.
//
// While it is not polled, a socket may be closed, and its number given to another one. So a second poll, which waits only for that,
// stays in flight. The port is first in, first out: it tells of the close before it tells of anything that has happened to the
// new owner.
class Afd {
 public:
  static constexpr uint32_t kEvents = selectors::kReadWrite | selectors::kEventPriority | selectors::kEventHangup |
                                      selectors::kEventError | selectors::kOneShot;

  Afd() = default;
  Afd(const Afd&) = delete;
  Afd& operator=(const Afd&) = delete;
  ~Afd() {
    Close();
    table_.ForEach([](int, Watched* watched) { selectors::Owned<Watched>{watched}; });
  }

  int Open() {
    if (int result = selectors::StartWinsock()) return result;
    return operations_.Open();
  }

  int Fileno() { return -ENOTSUP; }

  int Add(int fd, uint32_t events) {
    HANDLE socket = nullptr;
    if (int result = BaseHandle::Of(fd, socket)) return result;
    if (!table_.Reserve(fd) || !due_.Reserve(count_ + 1)) return -ENOMEM;
    size_t device = 0;
    if (int result = operations_.Join(device)) return result;
    selectors::Owned<Watched> watched = selectors::Make<Watched>(fd, events, socket, device);
    int result = watched ? WatchForClose(*watched) : -ENOMEM;
    if (result < 0) {
      operations_.Leave(device);
      return result;
    }
    due_.Insert(watched.get());
    table_.Insert(fd, watched.release());
    count_++;
    return 0;
  }

  int Modify(int fd, uint32_t events) {
    HANDLE socket = nullptr;
    if (int result = BaseHandle::Of(fd, socket)) return result;
    // It may have been closed.
    if (int result = Collect()) return result;
    Watched& watched = **table_.Find(fd);
    watched.socket = socket;
    if (watched.close == nullptr) {
      if (int result = WatchForClose(watched)) return result;
    }
    watched.events = events;
    Rest(watched, State::kDue);
    return 0;
  }

  int Remove(int fd) {
    Watched** place = table_.Find(fd);
    selectors::Owned<Watched> watched(*place);
    Close(*watched);
    operations_.Leave(watched->device);
    table_.Erase(fd);
    count_--;
    // Those that were cancelled wait to be taken.
    return operations_.in_flight() > 4 * count_ + kMostCancelled ? Collect() : 0;
  }

  int Wait(selectors::Nanoseconds timeout, selectors::ReadyList& ready) {
    if (int result = Collect()) return result;
    if (int result = Poll()) return result;
    int count = operations_.Take(timeout, [&](const Operation& operation) { Report(operation, ready); });
    if (count < 0) return count;
    while (count == Operations::kBatch) {
      count = operations_.Take({}, [&](const Operation& operation) { Report(operation, ready); });
    }
    if (ready.size() > 0) return static_cast<int>(ready.size());
    return due_.empty() ? 0 : -EINTR;
  }

  int Close() {
    operations_.Close();
    return 0;
  }

 private:
  static constexpr size_t kMostCancelled = 64;

  int WatchForClose(Watched& watched) {
    return operations_.Start(watched.device, watched.socket, kAfdLocalClose, &watched, watched.close);
  }

  // Takes what has completed since the last wait.
  int Collect() {
    int count = 0;
    do {
      count = operations_.Take({}, [this](const Operation& operation) { End(operation); });
    } while (count == Operations::kBatch);
    return count < 0 ? count : 0;
  }

  // Polls all that are due.
  int Poll() {
    while (!due_.empty()) {
      Watched& watched = *due_.back();
      int result =
          operations_.Start(watched.device, watched.socket, ToAfdEvents(watched.events), &watched, watched.poll);
      if (result < 0 && result != -EBADF) return result;
      due_.Erase(&watched);
      watched.state = result < 0 ? State::kClosed : State::kPolled;
    }
    return 0;
  }

  // Returns what was found for the one that was polled; null if it is no longer of interest.
  Watched* End(const Operation& operation) {
    if (operation.watched == nullptr) return nullptr;
    Watched& watched = *operation.watched;
    const bool was_poll = &operation == watched.poll;
    (was_poll ? watched.poll : watched.close) = nullptr;
    if (operation.found() & kAfdLocalClose) Close(watched);
    // Some systems cancel what a thread has begun when it ends.
    if (!was_poll && watched.state != State::kClosed && WatchForClose(watched) == -EBADF) Close(watched);
    if (!was_poll || watched.state == State::kClosed) return nullptr;
    Rest(watched, State::kDue);
    return &watched;
  }

  void Report(const Operation& operation, selectors::ReadyList& ready) {
    Watched* watched = End(operation);
    if (watched == nullptr) return;
    uint32_t mask = FromAfdEvents(operation.found(), watched->events);
    if (mask != 0 && ready.Push(watched->fd, mask) && watched->events & selectors::kOneShot)
      Rest(*watched, State::kSpent);
  }

  void Close(Watched& watched) {
    Rest(watched, State::kClosed);
    if (watched.close != nullptr) operations_.Cancel(watched.device, std::exchange(watched.close, nullptr));
  }

  // Ends the poll, if there is one.
  void Rest(Watched& watched, State state) {
    if (watched.poll != nullptr) operations_.Cancel(watched.device, std::exchange(watched.poll, nullptr));
    if (watched.state == State::kDue) due_.Erase(&watched);
    watched.state = state;
    if (state == State::kDue) due_.Insert(&watched);
  }

  Operations operations_;
  selectors::FdTable<Watched*> table_;
  Due due_;
  // How many are in the table.
  size_t count_ = 0;
};

}  // namespace

SELECTORS_BACKEND(Afd, "@selectors/afd")
