#ifndef SELECTORS_INTERNAL_VIGIL_H_
#define SELECTORS_INTERNAL_VIGIL_H_

#include "selectors/deadline.h"
#include "selectors/events.h"
#include "selectors/ready_list.h"

namespace selectors {

// How often one blocking wait has to ask whether its thread may go on.
//
// Other threads end this one through its event loop (worker.terminate() posts to it), which the blocked thread does not run. But the
// loop's own queue becomes readable then, so a wait that goes on watches that as well, and asks seldom: what V8 alone knows of (the
// timeout of node:vm, Ctrl+C in the REPL) has nothing to do with the loop. Once the queue is readable, nobody takes out what is in
// there before the wait is over, and it tells no more: back to asking often.
template <class Backend>
class Vigil {
 public:
  // `loop` is the descriptor of the loop's queue, -1 if it cannot be watched.
  Vigil(Backend& backend, int loop) : backend_(backend), loop_(loop), state_(loop < 0 ? State::kOver : State::kDue) {}
  Vigil(const Vigil&) = delete;
  Vigil& operator=(const Vigil&) = delete;
  ~Vigil() { End(); }

  Nanoseconds slice() const { return state_ == State::kKept ? kLongSlice : kSlice; }

  // After a slice in vain. Short waits do not get here, and cost no more than before.
  void Begin() {
    if (state_ != State::kDue) return;
    // Refused where the loop polls the backend's own queue, or where that would nest them too deeply.
    state_ = backend_.Add(loop_, kEventRead) == 0 ? State::kKept : State::kOver;
  }

  // Takes the loop out of what a wait has found; returns whether it was there.
  bool Noticed(ReadyList& ready) {
    if (state_ != State::kKept || !ready.Take(loop_)) return false;
    End();
    return true;
  }

 private:
  enum class State { kDue, kKept, kOver };

  void End() {
    if (state_ == State::kKept) backend_.Remove(loop_);
    state_ = State::kOver;
  }

  Backend& backend_;
  const int loop_;
  State state_;
};

}  // namespace selectors

#endif  // SELECTORS_INTERNAL_VIGIL_H_
