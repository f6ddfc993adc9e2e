#ifndef AFD_POLLS_H_
#define AFD_POLLS_H_

#include <windows.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "operations.h"
#include "poll.h"
#include "selectors/deadline.h"
#include "watched.h"

// The polls of what is watched, two for each socket.
//
// A poll for events ends once it has found some. Then it is due again, but not before the next wait: until then it would find
// what the caller is about to read. Nor is it before one that was cancelled has ended: Windows mixes up two of them.
//
// While it rests, the socket may be closed, and its number given to another one. So a second poll, for the close alone, stays in
// flight. The port is first in, first out: it tells of the close before it tells of anything that has happened to the new owner.
class Polls {
 public:
  int Open() { return operations_.Open(); }
  void Close() { operations_.Close(); }

  // Makes room for so many sockets in all.
  [[nodiscard]] bool Reserve(size_t count) { return due_.Reserve(count); }

  // There is room for it.
  int Add(Watched& watched) {
    if (int result = operations_.Join(watched.device)) return result;
    if (int result = AwaitClose(watched)) {
      operations_.Leave(watched.device);
      return result;
    }
    due_.Insert(&watched);
    return 0;
  }

  // Polls for other events; also what is spent, or was closed.
  int Renew(Watched& watched, HANDLE socket, uint32_t events) {
    // It may just have been closed.
    if (int result = Collect()) return result;
    watched.socket = socket;
    if (watched.close == nullptr) {
      if (int result = AwaitClose(watched)) return result;
    }
    watched.events = events;
    Rest(watched, State::kDue);
    return 0;
  }

  // Polls no longer for what has been reported.
  void Spend(Watched& watched) { Rest(watched, State::kSpent); }

  // Returns once nothing refers to it any more.
  int Remove(Watched& watched) {
    Forget(watched);
    int result = Collect();
    if (watched.ending != nullptr) watched.ending->watched = nullptr;
    operations_.Leave(watched.device);
    return result;
  }

  bool has_due() const { return !due_.empty(); }

  // Takes what has ended by now, and reports none of it.
  int Collect() {
    int taken = Take({}, [](Watched&, uint32_t) {});
    return taken < 0 ? taken : 0;
  }

  // Starts all that are due, except where a cancelled one has not ended.
  int Start() {
    for (size_t i = due_.size(); i-- > 0;) {
      Watched& watched = *due_[i];
      if (watched.ending != nullptr) continue;
      HANDLE device = operations_.device(watched.device).polls;
      int result = operations_.Start(device, watched.socket, ToAfdEvents(watched.events), &watched, watched.poll);
      if (result < 0 && result != -EBADF) return result;
      due_.Erase(&watched);
      watched.state = result < 0 ? State::kClosed : State::kPolled;
    }
    return 0;
  }

  // Waits until some have ended, and calls report(watched, found) for each that is still of interest; it is due then. Returns how
  // many have ended.
  template <class Report>
  int Take(selectors::Nanoseconds timeout, Report report) {
    const auto visit = [&](const Operation& operation) {
      if (operation.watched != nullptr) End(operation, *operation.watched, report);
    };
    int taken = operations_.Take(timeout, visit);
    for (int count = taken; count == Operations::kBatch; taken += count) {
      count = operations_.Take({}, visit);
      if (count < 0) return count;
    }
    return taken;
  }

 private:
  using State = Watched::State;

  int AwaitClose(Watched& watched) {
    HANDLE device = operations_.device(watched.device).closes;
    return operations_.Start(device, watched.socket, kAfdLocalClose, &watched, watched.close);
  }

  template <class Report>
  void End(const Operation& operation, Watched& watched, Report& report) {
    if (&operation == watched.ending) {
      watched.ending = nullptr;
      return;
    }
    const bool awaited_close = &operation == watched.close;
    (awaited_close ? watched.close : watched.poll) = nullptr;
    if (operation.found() & kAfdLocalClose) {
      Forget(watched);
    } else if (!awaited_close) {
      Rest(watched, State::kDue);
      report(watched, operation.found());
    } else if (AwaitClose(watched) == -EBADF) {
      // The system cancels what a thread has begun when that ends, and the socket was closed then.
      Forget(watched);
    }
  }

  void Forget(Watched& watched) {
    Rest(watched, State::kClosed);
    if (watched.close == nullptr) return;
    watched.close->watched = nullptr;
    operations_.Cancel(std::exchange(watched.close, nullptr));
  }

  // Ends the poll, if there is one.
  void Rest(Watched& watched, State state) {
    if (watched.poll != nullptr) {
      Operation* poll = std::exchange(watched.poll, nullptr);
      if (operations_.Cancel(poll)) {
        watched.ending = poll;
      } else {
        poll->watched = nullptr;
      }
    }
    if (watched.state == State::kDue) due_.Erase(&watched);
    watched.state = state;
    if (state == State::kDue) due_.Insert(&watched);
  }

  Operations operations_;
  Due due_;
};

#endif  // AFD_POLLS_H_
